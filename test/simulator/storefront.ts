import { GraphError, invalidParameter } from './errors';
import type { Json } from './types';

/** A link, by its code. */
interface MessageLink extends Json {
	id: string;
	code: string;
	prefilled_message: string;
	deep_link_url: string;
}

const MOST_LINKS = 2000;

/** What one business number shows to people, apart from its messages. */
export class Storefront {
	private profile: Json = { messaging_product: 'whatsapp' };

	/** Newest first. */
	readonly links: MessageLink[] = [];

	automation: Json = { enable_welcome_message: false, prompts: [], commands: [] };

	username?: string;

	/** Names that Meta keeps for the number. */
	suggestions: string[] = [];

	constructor(private readonly pictureOf: (handle: string) => string | undefined) {}

	/** Meta: Business profiles. */
	showProfile(fields: unknown): Json {
		const asked = typeof fields === 'string' ? fields.split(',') : ['messaging_product'];
		const entries = Object.entries(this.profile).filter(([name]) => asked.includes(name));
		return Object.fromEntries(entries);
	}

	updateProfile(body: Json): void {
		if (body.messaging_product !== 'whatsapp') {
			throw invalidParameter('The parameter messaging_product is required.');
		}
		const limits = { about: 139, address: 256, description: 512, email: 128 };
		for (const [name, limit] of Object.entries(limits)) within(name, body[name], limit);
		if (body.about === '')
			throw invalidParameter('Param about must be between 1 and 139 characters');
		const websites = (body.websites ?? []) as string[];
		if (websites.length > 2 || websites.some((one) => !/^https?:\/\//.test(one))) {
			throw invalidParameter('Param websites must be at most 2 URLs');
		}
		const { profile_picture_handle: handle, ...rest } = body;
		if (handle !== undefined) {
			const picture = this.pictureOf(String(handle));
			if (!picture) throw invalidParameter('Param profile_picture_handle is not valid');
			this.profile.profile_picture_url = picture;
		}
		Object.assign(this.profile, rest);
	}

	/** Meta: QR codes and short links. */
	createLink(body: Json): Json {
		if (!['PNG', 'SVG'].includes(String(body.generate_qr_image))) {
			throw invalidParameter('Param generate_qr_image must be one of {PNG, SVG}');
		}
		if (this.links.length >= MOST_LINKS) throw invalidParameter('Too many QR codes');
		const code = `SIM${String(this.links.length + 1).padStart(10, '0')}1`;
		const text = linkText(body);
		const link = {
			id: code,
			code,
			prefilled_message: text,
			deep_link_url: `https://wa.me/message/${code}`,
		};
		this.links.unshift(link);
		return showLink(link, String(body.generate_qr_image));
	}

	updateLink(body: Json): Json {
		const link = this.link(String(body.code));
		link.prefilled_message = linkText(body);
		return showLink(link);
	}

	deleteLink(code: string): void {
		this.links.splice(this.links.indexOf(this.link(code)), 1);
	}

	private link(code: string): MessageLink {
		const link = this.links.find((one) => one.code === code);
		if (!link) throw invalidParameter(`Invalid QR code ${code}`);
		return link;
	}

	/** Meta: Conversational components. */
	setAutomation(body: Json): void {
		const { prompts = [], commands = [] } = body as {
			prompts?: string[];
			commands?: Array<Record<string, string>>;
		};
		if (prompts.length > 4) throw invalidParameter('Param prompts must have at most 4 elements');
		if (commands.length > 30)
			throw invalidParameter('Param commands must have at most 30 elements');
		for (const prompt of prompts) within('prompts', prompt, 80);
		for (const command of commands) {
			within('command_name', command.command_name, 32);
			within('command_description', command.command_description, 256);
		}
		Object.assign(this.automation, body);
	}
}

function within(name: string, value: unknown, limit: number): void {
	if (typeof value === 'string' && [...value].length > limit) {
		throw invalidParameter(`Param ${name} must be at most ${limit} characters long`);
	}
}

function linkText(body: Json): string {
	const text = body.prefilled_message;
	if (typeof text !== 'string' || text === '') {
		throw invalidParameter('The parameter prefilled_message is required.');
	}
	within('prefilled_message', text, 140);
	return text;
}

/** @param format of the picture of the QR code, where one was asked for */
export function showLink({ code, prefilled_message, deep_link_url }: MessageLink, format?: string) {
	const image = format && { qr_image_url: `https://qr.example/${code}.${format.toLowerCase()}` };
	return { code, prefilled_message, deep_link_url, ...image };
}

/** Meta: Business usernames. The names are one number's alone. */
export function setUsername(all: Storefront[], own: Storefront, body: Json): Json {
	const username = String(body.username ?? '');
	if (!/^[\w.]{3,35}$/.test(username)) throw invalidParameter('Invalid username');
	const other = all.find(
		(one) => one !== own && one.username?.toLowerCase() === username.toLowerCase(),
	);
	if (other && body.transfer_action !== 'force_transfer') throw new GraphError(147005);
	if (other) other.username = undefined;
	own.username = username;
	return { status: 'reserved' };
}
