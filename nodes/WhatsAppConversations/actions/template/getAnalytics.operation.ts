import { updateDisplayOptions, type IDataObject } from 'n8n-workflow';

import { isoTime } from '../../../core/events/time';
import { sumUse } from '../../../core/templates/use';
import { AnalyticsApi, TEMPLATE_DAYS } from '../../../core/transport/analyticsApi';
import { periodProperties } from '../../descriptions/period';
import { anyTemplateProperty } from '../../descriptions/template';
import { periodOf } from '../../input/period';
import type { Item } from '../../run/item';
import { ofBothApis } from '../../templates/bothApis';
import { storedTemplate } from '../../templates/stored';
import { templateSummary } from '../../views/templateView';
import type { Result } from '../operation';

const WHAT = 'what became of templates';

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['getAnalytics'] } },
	[anyTemplateProperty, ...periodProperties],
);

/** Sums what Meta reported; what it does not tell is null, and not 0. */
export async function execute(item: Item): Promise<Result> {
	const { session } = item;
	const period = periodOf(item, TEMPLATE_DAYS);
	const { businessAccountId } = await session.meta(WHAT);
	const definition = await storedTemplate(item);
	const api = await session.part(AnalyticsApi, WHAT);
	const templateIds = [definition.id];
	const points = await ofBothApis(
		item,
		async (product) => await api.templateUse(businessAccountId, { templateIds, period, product }),
	);
	if (points.length === 0) {
		session.hint(
			'Meta reported nothing of the template for this period. It counts messages some time after they were delivered, and only where the template analytics of the account are turned on.',
		);
	}
	const { sent = null, delivered = null, read = null, clicks } = sumUse(points);
	return {
		json: {
			...templateSummary(definition),
			sent,
			delivered,
			read,
			clicks: clicks as unknown as IDataObject[],
			from: isoTime(period.from),
			until: isoTime(period.until),
		},
	};
}
