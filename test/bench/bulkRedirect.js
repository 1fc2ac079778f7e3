// Preloaded into a test server. n8n's own WhatsApp node knows only Meta's address; what is meant
// for it goes to the simulator at BULK_GRAPH_URL instead, and never leaves this machine.
const http = require('http');
const https = require('https');

const META = 'graph.facebook.com';
const simulator = new URL(process.env.BULK_GRAPH_URL);
const agent = new http.Agent({ keepAlive: true });
const { request } = https;

https.request = (...args) => {
	const [options, answered] = args;
	if ((options.hostname ?? options.host) !== META) return request(...args);
	const { method, path, headers, timeout, signal, maxHeaderSize } = options;
	return http.request(
		{
			...{ method, path, headers, timeout, signal, maxHeaderSize, agent },
			hostname: simulator.hostname,
			port: simulator.port,
		},
		answered,
	);
};
