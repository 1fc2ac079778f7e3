const PACKAGE = 'n8n-nodes-whatsapp-conversations.';

export const OUR_TRIGGER = `${PACKAGE}whatsAppConversationsTrigger`;

/** Type of the send node, or of its variants for agents ('Tool', 'HitlTool'). */
export function ourNode(variant: string): string {
	return `${PACKAGE}whatsAppConversations${variant}`;
}

/** Version of both nodes that is made. */
export const VERSION = 1.1;

/** Credentials are chosen after the import. */
export const CREDENTIALS = { whatsAppCloudApi: { id: null, name: 'WhatsApp Cloud API' } };

/** Types are compared without their capitals: generated workflows write `whatsapp`. */
const BUILT_IN_NODE = /^n8n-nodes-base\.whatsapp(HitlTool|Tool)?$/i;
const BUILT_IN_TRIGGER = /^n8n-nodes-base\.whatsappTrigger$/i;

export function isBuiltInTrigger(type: string): boolean {
	return BUILT_IN_TRIGGER.test(type);
}

/** The variant of n8n's own send node, '' for the plain one; undefined for another node. */
export function builtInVariant(type: string): '' | 'Tool' | 'HitlTool' | undefined {
	const match = BUILT_IN_NODE.exec(type);
	if (!match) return undefined;
	const variant = (match[1] ?? '').toLowerCase();
	return variant === 'tool' ? 'Tool' : variant === 'hitltool' ? 'HitlTool' : '';
}
