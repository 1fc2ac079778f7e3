import { GraphError, invalidParameter } from './errors';
import { objectId } from './ids';
import type { Json, Template } from './types';

export interface TemplateInput {
	id?: string;
	businessAccountId?: string;
	name: string;
	language?: string;
	category?: string;
	status?: string;
	parameter_format?: string;
	components: Json[];
	/** Anything else that the list shows, e.g. `quality_score`. */
	[field: string]: unknown;
}

export const TEMPLATE_SHAPE = {
	nodeType: 'WhatsAppMessageTemplate',
	known: [
		'bid_spec',
		'correct_category',
		'cta_url_link_tracking_opted_out',
		'degrees_of_freedom_spec',
		'display_format',
		'health_status',
		'is_primary_device_delivery_only',
		'last_updated_time',
		'library_template_name',
		'message_send_ttl_seconds',
		'optimization_spec',
		'previous_category',
		'quality_score',
		'rejected_reason',
		'source',
		'sub_category',
	],
	byDefault: ['name', 'parameter_format', 'components', 'language', 'status', 'category'],
} as const;

const STATUSES = [
	'APPROVED',
	'PENDING',
	'REJECTED',
	'PAUSED',
	'DISABLED',
	'IN_APPEAL',
	'LIMIT_EXCEEDED',
	'ARCHIVED',
	'PENDING_DELETION',
	'DELETED',
];
const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'];

/** The message templates of all accounts. */
export class Templates {
	readonly byId = new Map<string, Template>();

	/** IDs of those that the API has created or edited, the last one last. */
	readonly reviewed = new Set<string>();

	/** As if approved long ago; status, language and category have defaults. */
	add(input: TemplateInput & { businessAccountId: string }): Template {
		const template: Template = {
			rejected_reason: 'NONE',
			quality_score: { score: 'UNKNOWN', date: 0 },
			...input,
			id: input.id ?? objectId(),
			language: input.language ?? 'en_US',
			category: input.category ?? 'UTILITY',
			status: input.status ?? 'APPROVED',
			parameter_format: input.parameter_format ?? 'POSITIONAL',
		};
		this.byId.set(template.id, template);
		return template;
	}

	find(businessAccountId: string, name: string, language: string): Template | undefined {
		for (const template of this.of(businessAccountId)) {
			if (template.name === name && template.language === language) return template;
		}
		return undefined;
	}

	of(businessAccountId: string): Template[] {
		return [...this.byId.values()].filter(
			(template) => template.businessAccountId === businessAccountId,
		);
	}

	/** The list, filtered as Meta filters it. */
	list(businessAccountId: string, query: Json): Template[] {
		const wanted = (name: string, allowed?: string[]) => {
			if (query[name] === undefined) return undefined;
			const value = String(query[name]);
			if (allowed && !allowed.includes(value.toUpperCase())) {
				throw invalidParameter(`Param ${name} must be one of {${allowed.join(', ')}}`);
			}
			return allowed ? value.toUpperCase() : value;
		};
		const name = wanted('name');
		const text = wanted('name_or_content')?.toLowerCase();
		const status = wanted('status', STATUSES);
		const category = wanted('category', CATEGORIES);
		const language = wanted('language');
		return this.of(businessAccountId).filter(
			(template) =>
				// As in the account's own search, a part of the name will do.
				(name === undefined || template.name.includes(name)) &&
				(status === undefined || template.status === status) &&
				(category === undefined || template.category === category) &&
				(language === undefined || template.language === language) &&
				(text === undefined ||
					template.name.includes(text) ||
					template.components.some((part) => String(part.text).toLowerCase().includes(text))),
		);
	}

	/** `POST /{WABA ID}/message_templates`: waits for approval. */
	create(businessAccountId: string, body: Json): Template {
		const { name, language, category, components } = body;
		if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name)) {
			throw invalidParameter("Param name must contain only lowercase letters, digits and '_'");
		}
		if (typeof language !== 'string') throw invalidParameter('The parameter language is required.');
		const upper = String(category).toUpperCase();
		if (!CATEGORIES.includes(upper)) {
			throw invalidParameter(`Param category must be one of {${CATEGORIES.join(', ')}}`);
		}
		if (!Array.isArray(components)) {
			throw invalidParameter('The parameter components is required.');
		}
		if (this.find(businessAccountId, name, language)) {
			throw new GraphError(100, {
				subcode: 2388024,
				details: `There is already ${language} content for this template.`,
			});
		}
		const template = this.add({
			...body,
			name,
			language,
			components: components as Json[],
			category: upper,
			businessAccountId,
			status: 'PENDING',
		});
		this.reviewed.add(template.id);
		return template;
	}

	/** `POST /{template ID}`: the edited template waits for approval again. */
	edit(template: Template, body: Json): void {
		if (Array.isArray(body.components)) template.components = body.components as Json[];
		if (typeof body.category === 'string') template.category = body.category.toUpperCase();
		template.status = 'PENDING';
		template.rejected_reason = 'NONE';
		this.reviewed.delete(template.id);
		this.reviewed.add(template.id);
	}

	/** `DELETE /{WABA ID}/message_templates`: by name in every language, or one by `hsm_id`. */
	remove(businessAccountId: string, query: Json): Template[] {
		if (typeof query.name !== 'string') throw invalidParameter('The parameter name is required.');
		const doomed = this.of(businessAccountId).filter(
			(template) =>
				template.name === query.name &&
				(query.hsm_id === undefined || template.id === String(query.hsm_id)),
		);
		if (!doomed.length) {
			throw new GraphError(100, {
				httpStatus: 404,
				subcode: 2593002,
				details: 'Message template not found',
			});
		}
		for (const template of doomed) this.byId.delete(template.id);
		return doomed;
	}
}

/** What the API shows of a template. */
export function templateNode(template: Template): Json & { id: string } {
	return { ...template, businessAccountId: undefined };
}
