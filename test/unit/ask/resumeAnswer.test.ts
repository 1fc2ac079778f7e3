import { readResumeAnswer } from '../../../nodes/core/ask/resumeAnswer';

const PAGE = '<html><title>No action required</title></html>';

describe('what n8n answers to an answer', () => {
	it.each([
		['taken', 200, { whatsAppAnswer: 'taken' }],
		['unreachable', 200, { whatsAppAnswer: 'open' }],
		['over', 200, { whatsAppAnswer: 'over' }],
		['notTheirs', 200, { whatsAppAnswer: 'notTheirs' }],
		['over', 200, PAGE],
		['unreachable', 200, { message: 'Workflow was started' }],
		['unreachable', 200, '<html>Welcome to nginx</html>'],
		['unreachable', 200, { whatsAppAnswer: 'perhaps' }],
		['forged', 401, { error: 'Invalid token' }],
		['forged', 401, '<title>Invalid Form Link</title>'],
		['unreachable', 401, ''],
		['gone', 404, { code: 404, message: 'The execution "7" does not exist.' }],
		['unreachable', 404, { message: 'Not found' }],
		['unreachable', 404, '<html>404</html>'],
		['saving', 409, { message: 'The execution "7" is running already.' }],
		['over', 409, { message: 'The execution "7" has finished already.' }],
		['over', 409, { message: 'The execution "7" has finished with error.' }],
		['saving', 500, { message: 'Execution is already being resumed by another process' }],
		['over', 500, { message: "Cannot read properties of undefined (reading 'inputOverride')" }],
		['gone', 500, { message: 'value "99999999999" is out of range for type integer' }],
		['gone', 500, { message: 'invalid input syntax for type integer: "abc"' }],
		['unreachable', 500, { message: 'SQLITE_BUSY' }],
		['unreachable', 502, '<html>Bad gateway</html>'],
		['unreachable', 302, ''],
	])('is read as %s: %d %j', (outcome, status, body) => {
		expect(readResumeAnswer(status, body)).toBe(outcome);
	});
});
