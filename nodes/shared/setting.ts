import type { INode } from 'n8n-workflow';

import { asObject } from '../core/events/reading';

/**
 * The path of a setting that newer versions of a node have under 'Options', and older ones beside
 * them. All places that read such a setting ask here.
 */
export function settingPath({ parameters }: INode, name: string): string {
	return asObject(parameters?.options)[name] === undefined ? name : `options.${name}`;
}

/** Such a setting as the editor stored it, for choices that take no expression. */
export function storedSetting({ parameters }: INode, name: string): unknown {
	return asObject(parameters?.options)[name] ?? parameters?.[name];
}
