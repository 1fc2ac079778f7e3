import type { ResourceMapperValue } from 'n8n-workflow';

import type { FillOptions } from '../../core/templates/element';
import { readTemplate, type ReadTemplate } from '../../core/templates/readTemplate';
import type { TypedTemplateNames } from '../descriptions/typedTemplate';
import { knownFiles } from '../files/binaryFile';
import { isMarkdown } from '../input/markdown';
import type { Item } from '../run/item';

import { findTemplate } from './definitions';
import { templateKeyOf } from './stored';
import { isTyped, typedTemplate } from './typed';
import { withoutWholeText } from './wholeText';

/** The parameters that choose and fill a template: those of an operation, or of the fallback. */
export interface TemplateParameters {
	template: string;
	fields: string;
	/** Of a template that was typed in. */
	typed: TypedTemplateNames;
}

/** A template with its values as entered. */
export interface ChosenTemplate {
	template: ReadTemplate;
	values: Record<string, unknown>;
}

/**
 * The template that the parameters choose, whatever its status, with the values as entered.
 *
 * @throws InputError when there is none, ProviderRefusal
 */
export async function chosenTemplate(
	item: Item,
	parameters: TemplateParameters,
): Promise<ChosenTemplate> {
	const fill = fillOptionsOf(item);
	if (isTyped(item, parameters.typed)) {
		const { definition, values } = typedTemplate(item, parameters.typed);
		return { template: readTemplate(definition, fill), values };
	}
	const { session } = item;
	const key = templateKeyOf(item, parameters.template);
	const definition = await findTemplate(await session.api(), key, session.now() * 1000);
	const mapper = item.parameter(parameters.fields) as ResourceMapperValue | undefined;
	const savedLabels = (mapper?.schema ?? []).map(({ id, displayName }) => [id, displayName]);
	return {
		template: readTemplate(definition, { ...fill, savedLabels: Object.fromEntries(savedLabels) }),
		values: withoutWholeText({ ...mapper?.value }),
	};
}

/** How the values of a template are read and checked now. */
export function fillOptionsOf(item: Item): FillOptions {
	return {
		nowMs: item.session.now() * 1000,
		timeZone: item.timeZone,
		cleanUp: item.options.cleanUpValues === true,
		markdown: isMarkdown(item),
		files: knownFiles(item),
	};
}
