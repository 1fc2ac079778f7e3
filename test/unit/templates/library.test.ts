import { libraryTemplateOf, templateFromLibrary } from '../../../nodes/core/templates/library';

/** As in Meta's page on its template library. */
const ENTRY = {
	name: 'low_balance_warning_1',
	language: 'en_US',
	category: 'UTILITY',
	topic: 'PAYMENTS',
	usecase: 'LOW_BALANCE_WARNING',
	industry: ['FINANCIAL_SERVICES'],
	header: 'Your account balance is low',
	body: 'Hi {{1}},\nYour {{2}} is below {{3}}.',
	body_params: ['Jim', 'available funds', '$75.00'],
	buttons: [
		{ type: 'URL', text: 'Make a deposit', url: 'https://www.example.com/' },
		{ type: 'PHONE_NUMBER', text: 'Call us', phone_number: '+18005551234' },
	],
	id: '7147013345418927',
};

describe('a template of the library', () => {
	it('is read as Meta writes it', () => {
		const { usecase: useCase, industry: industries, body_params: bodyExamples, ...same } = ENTRY;
		const read = { ...same, useCase, industries, bodyExamples, bodyTypes: [], footer: '' };
		expect(libraryTemplateOf(ENTRY)).toEqual(read);
	});

	it('may have a file as its header, and no buttons', () => {
		const { header, buttons } = libraryTemplateOf({ header: { type: 'DOCUMENT' }, buttons: null });
		expect([header, buttons]).toEqual(['', []]);
	});

	it('is taken over with a static link as it is', () => {
		const body = templateFromLibrary(libraryTemplateOf(ENTRY), {
			name: '',
			links: [{ url: 'https://bank.example/pay' }],
			phoneNumber: '+1 555 005 1310',
		});
		expect(body).toEqual({
			name: 'low_balance_warning_1',
			language: 'en_US',
			category: 'UTILITY',
			library_template_name: 'low_balance_warning_1',
			library_template_button_inputs: JSON.stringify([
				{ type: 'URL', url: { base_url: 'https://bank.example/pay' } },
				{ type: 'PHONE_NUMBER', phone_number: '+15550051310' },
			]),
		});
	});
});
