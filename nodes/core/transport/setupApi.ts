import type { IDataObject } from 'n8n-workflow';

import { asList } from './answers';
import { GraphApi } from './graphApi';

/** How a business number stands with Meta; '' for what Meta does not tell. */
export interface NumberDetails {
	displayPhoneNumber: string;
	verifiedName: string;
	/** `CONNECTED` when it is registered. */
	status: string;
	/** `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`. */
	platformType: string;
	/** `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`. */
	verification: string;
	/** `GREEN`, `YELLOW`, `RED`, `UNKNOWN`. */
	quality: string;
	/** Of the display name: `APPROVED`, `DECLINED` and so on. */
	nameStatus: string;
	callbacks: Callbacks;
}

/** The callbacks that hold for a number, the first one that is set takes its deliveries. */
export interface Callbacks {
	phoneNumber: string;
	businessAccount: string;
	app: string;
}

export interface NumberLimits {
	/** `TIER_250`, `TIER_2K` and so on; '' where it is not told. */
	messagingLimit: string;
	/** `STANDARD`, `HIGH`, `NOT_APPLICABLE`; '' where it is not told. */
	throughput: string;
}

export interface AccountDetails {
	name: string;
	/** `APPROVED`, `PENDING`, `REJECTED`; '' where it is not told. */
	reviewStatus: string;
}

/** Whether something can send messages (Meta: Messaging and calling health status). */
export interface HealthEntity {
	/** `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`. */
	type: string;
	/** `AVAILABLE`, `LIMITED`, `BLOCKED`. */
	canSend: string;
	notices: HealthNotice[];
}

/** What Meta says against it. */
export interface HealthNotice {
	/** 0 for a piece of additional information, which has none. */
	code: number;
	text: string;
	solution: string;
}

export interface Health {
	canSend: string;
	entities: HealthEntity[];
}

/** What the access token may see of how everything is set up. Changes nothing. */
export class SetupApi extends GraphApi {
	async account(businessAccountId: string): Promise<AccountDetails> {
		const answer = await this.call('GET', [businessAccountId], {
			qs: { fields: 'id,name,account_review_status' },
		});
		return {
			name: String(answer.name ?? ''),
			reviewStatus: String(answer.account_review_status ?? ''),
		};
	}

	async number(businessNumberId: string): Promise<NumberDetails> {
		const answer = await this.call('GET', [businessNumberId], {
			qs: {
				fields:
					'id,display_phone_number,verified_name,status,platform_type,code_verification_status,quality_rating,name_status,webhook_configuration',
			},
		});
		return {
			displayPhoneNumber: String(answer.display_phone_number ?? ''),
			verifiedName: String(answer.verified_name ?? ''),
			status: String(answer.status ?? ''),
			platformType: String(answer.platform_type ?? ''),
			verification: String(answer.code_verification_status ?? ''),
			quality: String(answer.quality_rating ?? ''),
			nameStatus: String(answer.name_status ?? ''),
			callbacks: callbacksOf(answer),
		};
	}

	/** Where the deliveries of a number go. */
	async callbacks(businessNumberId: string): Promise<Callbacks> {
		const fields = 'webhook_configuration';
		return callbacksOf(await this.call('GET', [businessNumberId], { qs: { fields } }));
	}

	/** Asked by itself: older versions of the API refuse fields that they do not know. */
	async limits(businessNumberId: string): Promise<NumberLimits> {
		const answer = await this.call('GET', [businessNumberId], {
			qs: { fields: 'throughput,whatsapp_business_manager_messaging_limit' },
		});
		const throughput = (answer.throughput ?? {}) as IDataObject;
		return {
			messagingLimit: String(answer.whatsapp_business_manager_messaging_limit ?? ''),
			throughput: String(throughput.level ?? ''),
		};
	}

	/** undefined where Meta tells nothing. */
	async health(businessNumberId: string): Promise<Health | undefined> {
		const answer = await this.call('GET', [businessNumberId], { qs: { fields: 'health_status' } });
		const health = answer.health_status as IDataObject | undefined;
		return (
			health && {
				canSend: String(health.can_send_message ?? ''),
				entities: asList(health.entities).map(entityOf),
			}
		);
	}
}

function callbacksOf(answer: IDataObject): Callbacks {
	const callbacks = (answer.webhook_configuration ?? {}) as IDataObject;
	return {
		phoneNumber: String(callbacks.phone_number ?? ''),
		businessAccount: String(callbacks.whatsapp_business_account ?? ''),
		app: String(callbacks.application ?? ''),
	};
}

function entityOf(entity: IDataObject): HealthEntity {
	const information = Array.isArray(entity.additional_info) ? entity.additional_info : [];
	return {
		type: String(entity.entity_type ?? ''),
		canSend: String(entity.can_send_message ?? ''),
		notices: [
			...asList(entity.errors).map((one) => ({
				code: Number(one.error_code ?? 0),
				text: String(one.error_description ?? ''),
				solution: String(one.possible_solution ?? ''),
			})),
			...information.map((text: unknown) => ({ code: 0, text: String(text), solution: '' })),
		],
	};
}
