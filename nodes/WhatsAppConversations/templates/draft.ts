import type { IDataObject } from 'n8n-workflow';

import type { ButtonDraft, CardDraft, TemplateDraft } from '../../core/templates/create/draft';
import type { Item } from '../run/item';

/** The parts of a template that the form asks for in the same way to create and to edit it. */
export type TemplateContent = Omit<TemplateDraft, 'name' | 'language' | 'category'>;

/** Reads the form of descriptions/templateContent.ts; whatever is not filled is left out. */
export function templateContentOf(item: Item, category: string): TemplateContent {
	const options = item.options;
	const value = (name: string) => item.parameter(name, '') as string;
	const list = (name: string) => item.parameter(name, []) as IDataObject[];
	if (category === 'AUTHENTICATION') {
		return {
			buttons: [
				{
					type: 'OTP',
					otpType: value('otpType'),
					apps: list('otpApps.app') as unknown as ButtonDraft['apps'],
					termsAccepted: item.parameter('termsAccepted', false) as boolean,
				},
			],
			securityRecommendation: options.securityRecommendation as boolean | undefined,
			codeExpirationMinutes: options.codeExpirationMinutes as number | undefined,
		};
	}
	const offerText = String(options.offerText ?? '');
	return {
		...partsOf({
			headerFormat: value('headerFormat'),
			headerText: value('headerText'),
			headerExample: value('headerExample'),
			headerHandle: value('headerHandle'),
			bodyText: value('bodyText'),
			bodyExamples: { example: list('bodyExamples.example') },
			templateButtons: { button: list('templateButtons.button') },
		}),
		footer: value('footerText'),
		cards: list('templateCards.card').map(partsOf),
		callPermission: options.callPermission === true,
		...(offerText && { offer: { text: offerText, expires: options.offerExpires !== false } }),
	};
}

/** What a template and a card of a carousel have in common. */
function partsOf(form: IDataObject): CardDraft {
	const { headerFormat, headerText, headerExample, headerHandle, bodyText } = form;
	const { example = [] } = (form.bodyExamples ?? {}) as { example?: IDataObject[] };
	const { button = [] } = (form.templateButtons ?? {}) as { button?: IDataObject[] };
	const header = {
		format: String(headerFormat),
		text: textOf(headerText),
		example: textOf(headerExample),
		handle: textOf(headerHandle),
	};
	return {
		...(header.format !== 'none' && { header }),
		body: textOf(bodyText),
		examples: examplesOf(example),
		buttons: button.map(buttonOf),
	};
}

/** By placeholder; those without a name count by their order. */
function examplesOf(examples: IDataObject[]): Record<string, string> {
	return Object.fromEntries(
		examples.map(({ placeholder, value }, index) => [
			textOf(placeholder).replace(/[{}\s]/g, '') || String(index + 1),
			textOf(value),
		]),
	);
}

function buttonOf({ flow, ...rest }: IDataObject): ButtonDraft {
	return { ...(rest as unknown as ButtonDraft), ...flowOf(textOf(flow).trim()) };
}

/** One field takes the flow in all the ways in which Meta does. */
function flowOf(flow: string): Partial<ButtonDraft> {
	if (flow === '') return {};
	if (/^\d+$/.test(flow)) return { flowId: flow };
	return flow.startsWith('{') ? { flowJson: flow } : { flowName: flow };
}

/** Expressions may give numbers where the form has texts. */
function textOf(value: unknown): string {
	return String(value ?? '');
}
