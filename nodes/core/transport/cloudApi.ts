import type { IDataObject } from 'n8n-workflow';

import type { TemplateToCreate, TemplateToEdit } from '../templates/create';
import { readDefinition, type TemplateDefinition } from '../templates/definition';
import type { TemplateFromLibrary } from '../templates/library';

import { asList, compact } from './answers';
import { CloudTransport, TEMPLATE_FIELDS } from './cloudTransport';
import { META } from './dialects/meta';
import { rootOf, type SendRequest } from './graphApi';

export interface CloudApiOptions {
	baseUrl: string;
	/** e.g. `v26.0`. */
	apiVersion: string;
	businessAccountId: string;
}

/** An app that receives the business account's events. */
export interface SubscribedApp {
	id: string;
	name: string;
	/** The callback set for this account alone; '' when there is none. */
	callbackUrl: string;
}

/** Something of the account that can be chosen by its name. */
export interface Listed {
	id: string;
	name: string;
	/** '' where there is none. */
	status: string;
}

export interface CreatedTemplate {
	id: string;
	/** `PENDING` until Meta has reviewed it, as a rule. */
	status: string;
	category: string;
}

/** Meta's Cloud API: what the nodes ask of Meta alone, beside what they ask of every provider. */
export class CloudApi extends CloudTransport {
	constructor(sendRequest: SendRequest, options: CloudApiOptions) {
		super(sendRequest, META, {
			root: rootOf(options),
			businessAccountId: options.businessAccountId,
		});
	}

	/** As it is now; the list may lag behind. */
	async templateById(id: string): Promise<TemplateDefinition> {
		const answer = await this.call('GET', [id], { qs: { fields: TEMPLATE_FIELDS } });
		return readDefinition(answer);
	}

	/** @param body from `templateToCreate()` or `templateFromLibrary()` */
	async createTemplate(body: TemplateToCreate | TemplateFromLibrary): Promise<CreatedTemplate> {
		const { id, status, category } = await this.call(
			'POST',
			[this.businessAccountId, 'message_templates'],
			{ body },
		);
		return {
			id: String(id ?? ''),
			status: String(status ?? ''),
			// Meta may file it under another category than it was asked to.
			category: String(category ?? body.category),
		};
	}

	/** @param body from `templateToEdit()` */
	async editTemplate(id: string, body: TemplateToEdit): Promise<void> {
		await this.call('POST', [id], { body });
	}

	/** @param id of one language; without it the template goes in all its languages */
	async deleteTemplate(name: string, id?: string): Promise<void> {
		await this.call('DELETE', [this.businessAccountId, 'message_templates'], {
			qs: compact({ name, hsm_id: id }),
		});
	}

	/** The first 100 Flows of the account (Meta: Flows API, Retrieving a List of Flows). */
	async listFlows(): Promise<Listed[]> {
		return await this.list('flows', 'id,name,status');
	}

	/** The catalogs that are connected with the account. */
	async listCatalogs(): Promise<Listed[]> {
		return await this.list('product_catalogs', 'id,name');
	}

	/**
	 * The ways to be paid in India that are set up (Meta: Payments API India, Onboarding APIs). The page
	 * shows them in a list within the list, and no choice of fields.
	 */
	async listPaymentConfigurations(): Promise<Listed[]> {
		const answer = await this.call('GET', [this.businessAccountId, 'payment_configurations']);
		return asList(answer.data)
			.flatMap(({ payment_configurations: inner, ...own }) =>
				inner === undefined ? [own] : asList(inner),
			)
			.map(({ configuration_name: name, provider_name: provider, status }) => ({
				id: String(name ?? ''),
				name: [name, provider].filter(Boolean).join(' · '),
				status: status === 'Active' ? '' : String(status ?? '').replace(/_/g, ' '),
			}));
	}

	private async list(edge: string, fields: string): Promise<Listed[]> {
		const answer = await this.call('GET', [this.businessAccountId, edge], {
			qs: { fields, limit: 100 },
		});
		return asList(answer.data).map(({ id, name, status }) => ({
			id: String(id ?? ''),
			name: String(name ?? id ?? ''),
			status: String(status ?? ''),
		}));
	}

	/**
	 * Sets the callback of one number, which Meta checks at once; '' removes it. Callbacks of the
	 * account and of the app stay as they are (Meta: Webhook overrides).
	 */
	async setNumberCallback(
		businessNumberId: string,
		callbackUrl: string,
		verifyToken?: string,
	): Promise<void> {
		const configuration = compact({
			override_callback_uri: callbackUrl,
			verify_token: verifyToken,
		});
		await this.call('POST', [businessNumberId], {
			body: { webhook_configuration: configuration },
		});
	}

	/** The apps that receive the business account's events. */
	async subscribedApps(): Promise<SubscribedApp[]> {
		const answer = await this.call('GET', [this.businessAccountId, 'subscribed_apps']);
		return asList(answer.data).map((entry) => {
			const app = (entry.whatsapp_business_api_data ?? {}) as IDataObject;
			return {
				id: String(app.id ?? ''),
				name: String(app.name ?? ''),
				callbackUrl: String(entry.override_callback_uri ?? ''),
			};
		});
	}

	/** Subscribes the token's app. Where it is subscribed already, the account's callback goes. */
	async subscribeApp(): Promise<void> {
		await this.call('POST', [this.businessAccountId, 'subscribed_apps']);
	}

	/**
	 * Subscribes the token's app with a callback for all numbers of the account, which Meta checks at
	 * once. Callbacks of single numbers and of the app stay as they are (Meta: Webhook overrides).
	 */
	async setAccountCallback(callbackUrl: string, verifyToken: string): Promise<void> {
		await this.call('POST', [this.businessAccountId, 'subscribed_apps'], {
			body: { override_callback_uri: callbackUrl, verify_token: verifyToken },
		});
	}

	async unsubscribeApp(): Promise<void> {
		await this.call('DELETE', [this.businessAccountId, 'subscribed_apps']);
	}
}
