import { NodeConnectionTypes } from 'n8n-workflow';

// Below n8n 1.83 there is no such export. n8n tells every TypeError while it loads a node as "Class
// could not be found", so the reason is said before one occurs, as an error of another class.
if (!(NodeConnectionTypes as object | undefined)) {
	throw new Error(
		'n8n-nodes-whatsapp-conversations needs n8n 1.100 or later, and this n8n is older. Update n8n; the nodes appear after its next start.',
	);
}
