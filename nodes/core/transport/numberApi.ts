import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { identityOf, type ContactIdentity } from '../conversation/contact';
import { isObject } from '../isObject';

import { asList, compact, pageOf } from './answers';
import { describeCode } from './errorTable';
import { readGraphError } from './errors';
import { GraphApi } from './graphApi';
import { naming } from './namedField';
import { ProviderRefusal } from './providerRefusal';
import type { Page } from './transport';

/** What people see of a business; '' for what is not filled in. */
export interface BusinessProfile {
	about: string;
	address: string;
	description: string;
	email: string;
	websites: string[];
	/** The industry, such as `RETAIL`. */
	vertical: string;
	pictureUrl: string;
}

/** A link that opens a chat with a text already written. */
export interface MessageLink {
	code: string;
	text: string;
	url: string;
	/** Where the picture of the QR code lies; '' where none was asked for. */
	qrImageUrl: string;
}

export type QrFormat = 'PNG' | 'SVG';

/** What WhatsApp offers in a chat with the business number. */
export interface ChatComponents {
	/** Tapped by people who open the chat for the first time. */
	iceBreakers: string[];
	/** Shown to people who type `/`. */
	commands: Array<{ command: string; description: string }>;
	/** Whether Meta tells that somebody opened the chat for the first time. */
	welcomeMessage: boolean;
}

export interface Username {
	/** '' where the number has none. */
	username: string;
	/** `approved`, or `reserved` where people cannot see it yet; '' where there is none. */
	status: string;
}

const PROFILE_FIELDS = 'about,address,description,email,profile_picture_url,websites,vertical';

const WHATSAPP = { messaging_product: 'whatsapp' };

/** What a business number shows to people, and whom it refuses (Meta's Cloud API alone). */
export class NumberApi extends GraphApi {
	/**
	 * Blocks a contact, who must have written in the last 24 hours (Meta: Block users).
	 *
	 * @param user a phone number with `+`, or a user ID
	 * @returns the contact as Meta names it
	 */
	async block(businessNumberId: string, user: string): Promise<ContactIdentity> {
		return await this.changeBlock('POST', businessNumberId, user);
	}

	/** As {@link block}, the other way; whoever was not blocked stays so. */
	async unblock(businessNumberId: string, user: string): Promise<ContactIdentity> {
		return await this.changeBlock('DELETE', businessNumberId, user);
	}

	private async changeBlock(
		method: 'POST' | 'DELETE',
		businessNumberId: string,
		user: string,
	): Promise<ContactIdentity> {
		const path = [businessNumberId, 'block_users'];
		const body = { ...WHATSAPP, block_users: [{ user }] };
		const answer = await naming({ businessNumberId }, this.call(method, path, { body }));
		const changed = isObject(answer.block_users) ? answer.block_users : {};
		const [done] = [...asList(changed.added_users), ...asList(changed.removed_users)];
		const isDone = done !== undefined || asList(changed.failed_users).length === 0;
		if (!isDone) throw this.refused({ method, url: this.urlOf(path) }, answer, 200);
		return identityOf(done?.wa_id, done?.user_id);
	}

	/** Whom the number has blocked. */
	async blocked(businessNumberId: string, after?: string): Promise<Page<ContactIdentity>> {
		const answer = await this.ofNumber('GET', businessNumberId, 'block_users', {
			qs: compact({ limit: 100, after }),
		});
		return pageOf(answer, ({ wa_id: phone, user_id: userId }) => identityOf(phone, userId));
	}

	async profile(businessNumberId: string): Promise<BusinessProfile> {
		const answer = await this.ofNumber('GET', businessNumberId, 'whatsapp_business_profile', {
			qs: { fields: PROFILE_FIELDS },
		});
		const [profile = {}] = asList(answer.data);
		const text = (name: string) => String(profile[name] ?? '');
		return {
			about: text('about'),
			address: text('address'),
			description: text('description'),
			email: text('email'),
			websites: Array.isArray(profile.websites) ? profile.websites.map(String) : [],
			vertical: text('vertical'),
			pictureUrl: text('profile_picture_url'),
		};
	}

	/** @param changes from `profileChanges()`; what is not among them stays */
	async updateProfile(businessNumberId: string, changes: IDataObject): Promise<void> {
		const body = { ...WHATSAPP, ...changes };
		await this.ofNumber('POST', businessNumberId, 'whatsapp_business_profile', { body });
	}

	/** @param format of the picture of the QR code (Meta: QR codes and short links) */
	async createLink(businessNumberId: string, text: string, format: QrFormat): Promise<MessageLink> {
		const body = { prefilled_message: text, generate_qr_image: format };
		return linkOf(await this.ofNumber('POST', businessNumberId, 'message_qrdls', { body }));
	}

	/** Another text for a link; its address and its QR code stay. */
	async updateLink(businessNumberId: string, code: string, text: string): Promise<MessageLink> {
		const body = { code, prefilled_message: text };
		return linkOf(await this.ofNumber('POST', businessNumberId, 'message_qrdls', { body }));
	}

	/** The links of a number, newest first. @param format of pictures of the QR codes, where wanted */
	async links(
		businessNumberId: string,
		{ format, after }: { format?: QrFormat; after?: string } = {},
	): Promise<Page<MessageLink>> {
		const image = format ? `,qr_image_url.format(${format})` : '';
		const answer = await this.ofNumber('GET', businessNumberId, 'message_qrdls', {
			qs: compact({ fields: `code,prefilled_message,deep_link_url${image}`, limit: 100, after }),
		});
		return pageOf(answer, linkOf);
	}

	async deleteLink(businessNumberId: string, code: string): Promise<void> {
		await naming(
			{ businessNumberId },
			this.call('DELETE', [businessNumberId, 'message_qrdls', code]),
		);
	}

	async chatComponents(businessNumberId: string): Promise<ChatComponents> {
		const fields = 'conversational_automation';
		const answer = await naming(
			{ businessNumberId },
			this.call('GET', [businessNumberId], { qs: { fields } }),
		);
		const set = isObject(answer[fields]) ? answer[fields] : {};
		return {
			iceBreakers: Array.isArray(set.prompts) ? set.prompts.map(String) : [],
			commands: asList(set.commands).map((command) => ({
				command: String(command.command_name ?? ''),
				description: String(command.command_description ?? ''),
			})),
			welcomeMessage: set.enable_welcome_message === true,
		};
	}

	/** @param changes from `chatComponents()`; what is not among them stays */
	async setChatComponents(businessNumberId: string, changes: IDataObject): Promise<void> {
		const body = changes;
		await this.ofNumber('POST', businessNumberId, 'conversational_automation', { body });
	}

	async username(businessNumberId: string): Promise<Username> {
		const answer = await this.ofNumber('GET', businessNumberId, 'username');
		const username = String(answer.username ?? '');
		return { username, status: username === '' ? '' : String(answer.status ?? '') };
	}

	/** Names that Meta keeps for this number. */
	async usernameSuggestions(businessNumberId: string): Promise<string[]> {
		const answer = await this.ofNumber('GET', businessNumberId, 'username_suggestions');
		return asList(answer.data).flatMap(({ username_suggestions: names }) =>
			Array.isArray(names) ? names.map(String) : [],
		);
	}

	/**
	 * @param mayMove whether another number of the same business loses the name
	 * @returns its status, see {@link Username}
	 */
	async setUsername(businessNumberId: string, username: string, mayMove: boolean): Promise<string> {
		const body = { username, transfer_action: mayMove ? 'force_transfer' : 'none' };
		const { status } = await this.ofNumber('POST', businessNumberId, 'username', { body });
		return String(status ?? '');
	}

	async deleteUsername(businessNumberId: string): Promise<void> {
		await this.ofNumber('DELETE', businessNumberId, 'username');
	}

	private async ofNumber(
		method: 'GET' | 'POST' | 'DELETE',
		businessNumberId: string,
		edge: string,
		options: Partial<IHttpRequestOptions> = {},
	): Promise<IDataObject> {
		return await naming({ businessNumberId }, this.call(method, [businessNumberId, edge], options));
	}

	protected override refused(
		request: Pick<IHttpRequestOptions, 'method' | 'url'>,
		answer: unknown,
		httpStatus?: number,
	): ProviderRefusal {
		return blockRefusal(answer, httpStatus) ?? super.refused(request, answer, httpStatus);
	}
}

function linkOf(entry: IDataObject): MessageLink {
	return {
		code: String(entry.code ?? ''),
		text: String(entry.prefilled_message ?? ''),
		url: String(entry.deep_link_url ?? ''),
		qrImageUrl: String(entry.qr_image_url ?? ''),
	};
}

/** What Meta's codes mean of a contact who was not blocked (Meta: Block users, Error codes). */
const NOT_BLOCKED: Record<number, { message: string; hint: string }> = {
	131047: {
		message:
			"WhatsApp did not block the contact: 'Contact' has not written to this business number in the last 24 hours, or is not on WhatsApp.",
		hint: 'Block people soon after they have written.',
	},
	131021: {
		message: "'Contact' is the business number itself.",
		hint: "Write the contact's number into 'Contact'.",
	},
};

/** The reason that stands beside one contact of a list of whom to block. */
function blockRefusal(answer: unknown, httpStatus?: number): ProviderRefusal | undefined {
	const changed = isObject(answer) && isObject(answer.block_users) ? answer.block_users : {};
	const [failed] = asList(changed.failed_users);
	const [error] = asList(failed?.errors);
	if (!error) return undefined;
	const refusal = readGraphError({ error }, httpStatus);
	const { kind, retry } = describeCode(refusal.code);
	const said = NOT_BLOCKED[refusal.code] ?? {};
	return new ProviderRefusal({ ...refusal, kind, retry, ...said }, httpStatus);
}
