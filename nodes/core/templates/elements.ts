import { isNamed, readDefinition } from './definition';
import type { ButtonDefinition, ComponentDefinition, TemplateDefinition } from './definition';
import { staticElement } from './element';
import type { Element, ElementContext, FillOptions } from './element';
import { body } from './elements/body';
import { carousel } from './elements/carousel';
import { catalogButton } from './elements/catalogButton';
import { couponButton } from './elements/couponButton';
import { flowButton } from './elements/flowButton';
import { limitedTimeOffer } from './elements/limitedTimeOffer';
import { locationHeader } from './elements/locationHeader';
import { mediaHeader } from './elements/mediaHeader';
import { multiProductButton } from './elements/multiProductButton';
import { orderDetailsButton } from './elements/orderDetailsButton';
import { otpButton } from './elements/otpButton';
import { productHeader } from './elements/productHeader';
import { quickReplyButton } from './elements/quickReplyButton';
import { textHeader } from './elements/textHeader';
import { urlButton } from './elements/urlButton';
import { voiceCallButton } from './elements/voiceCallButton';
import { hasOtpButton, isOtpButton } from './otp';

type ReadComponent = (component: ComponentDefinition, context: ElementContext) => Element;
type ReadButton = (button: ButtonDefinition, index: number, context: ElementContext) => Element;

const BODY_LIMIT = 1024;
const GIF_HEADER = "a GIF header, which only Meta's Marketing Messages API can send";

const HEADERS: Partial<Record<string, ReadComponent>> = {
	TEXT: textHeader,
	IMAGE: mediaHeader,
	VIDEO: mediaHeader,
	DOCUMENT: mediaHeader,
	LOCATION: locationHeader,
	PRODUCT: productHeader,
	GIF: () => ({ ...staticElement({ header: '[GIF]' }), unsupported: GIF_HEADER }),
};

const COMPONENTS: Partial<Record<string, ReadComponent>> = {
	BODY: body,
	FOOTER: ({ text = '' }) => staticElement({ footer: text }),
	LIMITED_TIME_OFFER: limitedTimeOffer,
	CAROUSEL: (component, context) => carousel(component, context, readComponents),
	CALL_PERMISSION_REQUEST: ({ type }) => staticButton({ type, text: 'Allow Calls' }),
};

const BUTTONS: Partial<Record<string, ReadButton>> = {
	URL: urlButton,
	QUICK_REPLY: quickReplyButton,
	COPY_CODE: couponButton,
	OTP: otpButton,
	FLOW: flowButton,
	CATALOG: catalogButton,
	MPM: multiProductButton,
	VOICE_CALL: voiceCallButton,
	ORDER_DETAILS: orderDetailsButton,
	PHONE_NUMBER: staticButton,
	REQUEST_CONTACT_INFO: (button) => staticButton({ text: 'Share Contact Info', ...button }),
	SPM: staticButton,
	APP: staticButton,
};

/** The elements of any template; those that cannot be filled are marked as `unsupported`. */
export function readElements(
	given: TemplateDefinition,
	{ nowMs, timeZone, files }: FillOptions = {},
): Element[] {
	const definition = readDefinition(given);
	return readComponents(definition.components, {
		category: definition.category,
		named: isNamed(definition),
		otp: hasOtpButton(definition),
		idPrefix: '',
		labelPrefix: '',
		bodyLimit: BODY_LIMIT,
		nowMs,
		timeZone,
		files,
	});
}

function readComponents(components: ComponentDefinition[], context: ElementContext): Element[] {
	return components.flatMap((component) => {
		const type = component.type.toUpperCase();
		if (type === 'BUTTONS') {
			return (component.buttons ?? []).map((button, index) => readButton(button, index, context));
		}
		if (type === 'HEADER') {
			const format = component.format?.toUpperCase() ?? 'TEXT';
			return HEADERS[format]?.(component, context) ?? unsupported('HEADER', format);
		}
		return COMPONENTS[type]?.(component, context) ?? unsupported('COMPONENT', type);
	});
}

function readButton(button: ButtonDefinition, index: number, context: ElementContext): Element {
	const type = isOtpButton(button, context.category) ? 'OTP' : button.type.toUpperCase();
	return BUTTONS[type]?.(button, index, context) ?? unsupported('BUTTON', type);
}

function staticButton({ type, text = '' }: ButtonDefinition): Element {
	return staticElement({ buttons: [{ type: type.toUpperCase(), text }] });
}

function unsupported(kind: 'HEADER' | 'COMPONENT' | 'BUTTON', type: string): Element {
	const ofType = type ? `of the type ${type}` : 'without a type';
	const what = `a ${kind.toLowerCase()} ${ofType}, which this version cannot fill`;
	return { ...staticElement(), unsupported: what };
}
