import {
	chatComponentChanges,
	type ChatComponentsInput,
} from '../../../nodes/core/account/chatComponents';

it('changes what was given, also to nothing', () => {
	expect(chatComponentChanges({})).toEqual({});
	expect(chatComponentChanges({ iceBreakers: [], welcomeMessage: false })).toEqual({
		prompts: [],
		enable_welcome_message: false,
	});
});

it('takes a command without the slash that people type before it', () => {
	const commands = [{ command: ' /book ', description: 'Book a table' }];
	expect(chatComponentChanges({ commands })).toEqual({
		commands: [{ command_name: 'book', command_description: 'Book a table' }],
	});
});

const many = Array.from({ length: 31 }, (_, n) => ({ command: `c${n}`, description: 'x' }));

it.each<[string, ChatComponentsInput, RegExp]>([
	['five ice breakers', { iceBreakers: ['a', 'b', 'c', 'd', 'e'] }, /'Ice Breakers' has 5/],
	['a long one', { iceBreakers: ['a', 'x'.repeat(81)] }, /2: 'Ice Breakers' has 81/],
	['an emoji', { iceBreakers: ['Hi 👋'] }, /contains '👋'/],
	['31 commands', { commands: many }, /'Commands' has 31 entries/],
	['no description', { commands: [{ command: 'a' }] }, /Command 1: 'Description' is empty/],
	['no command', { commands: [{ command: '/', description: 'x' }] }, /'Command' is empty/],
	[
		'a command twice',
		{
			commands: [
				{ command: 'a', description: 'x' },
				{ command: '/a', description: 'y' },
			],
		},
		/Command 2: 'Command' is the same as that of command 1/,
	],
])('refuses %s', (_what, input, message) => {
	expect(() => chatComponentChanges(input)).toThrow(message);
});
