import type { TemplateCategory } from '../../core/conversation/decide';
import type { TemplateMessage } from '../../core/messages/types';
import type { TemplatePreview } from '../../core/templates/element';
import type { FilledTemplate } from '../../core/templates/readTemplate';
import { binaryFileOf } from '../files/binaryFile';
import { beforeUpload, uploadFiles, type Uploads } from '../files/upload';
import type { Item } from '../run/item';

import { categoryOf } from './category';
import type { ChosenTemplate } from './chosen';

/** A template whose values were checked as far as they can be before anything is uploaded. */
export class ReadyTemplate {
	readonly definition: ChosenTemplate['template']['definition'];
	readonly category: TemplateCategory;
	private sent?: TemplateMessage;

	constructor(
		private readonly item: Item,
		{ template: { definition } }: ChosenTemplate,
		private readonly filled: FilledTemplate,
		private readonly uploads: Uploads,
	) {
		this.definition = definition;
		this.category = categoryOf(definition, item.options);
	}

	/** Whether the contact waits for it: a one-time code is asked for, like an answer. */
	get isWaitedFor(): boolean {
		return String(this.definition.category ?? '').toLowerCase() === 'authentication';
	}

	/** The message; its files are uploaded when it is first asked for. @throws ProviderRefusal */
	async message(businessNumberId: string): Promise<TemplateMessage> {
		this.sent ??= await this.complete(businessNumberId);
		return this.sent;
	}

	/** The template as the contact will read it, with the names of its files. */
	preview(): TemplatePreview {
		return this.filled.preview(beforeUpload(this.uploads));
	}

	private async complete(businessNumberId: string): Promise<TemplateMessage> {
		await this.warnOfUnknown();
		const media = await uploadFiles(this.item, businessNumberId, this.uploads, 'template');
		return this.filled.message(media);
	}

	/** Says that nobody knows whether the provider carries a template of this category. */
	private async warnOfUnknown(): Promise<void> {
		if (!this.isWaitedFor) return;
		const { session } = this.item;
		const { provider, capabilities } = await session.api();
		if (capabilities.authenticationTemplates) return;
		session.hint(
			`${provider} does not say whether it carries authentication templates. Look at the statuses of the first codes, or send codes through Meta.`,
		);
	}
}

/**
 * @throws InputError when the template is not approved, a value does not fit, or a file cannot be
 * sent
 */
export async function readyTemplate(item: Item, chosen: ChosenTemplate): Promise<ReadyTemplate> {
	const { template, values } = chosen;
	if (template.obstacle) throw template.obstacle;
	const filled = template.fill(values);
	const uploads: Uploads = {};
	for (const { id, label, kind, reference } of filled.media) {
		if (reference.kind !== 'binary') continue;
		uploads[id] = await binaryFileOf(item, reference.field, kind, label);
	}
	return new ReadyTemplate(item, chosen, filled, uploads);
}
