import { libraryTemplateOf, type LibraryTemplate } from '../templates/library';

import { compact, pageOf } from './answers';
import { GraphApi } from './graphApi';
import type { Page } from './transport';

/** What is looked for; everything may be left out. */
export interface LibraryQuery {
	/** In names and texts. */
	search?: string;
	name?: string;
	topic?: string;
	useCase?: string;
	industry?: string;
	language?: string;
	after?: string;
}

/** Templates that Meta has written and approved (Meta: Template Library). */
export class LibraryApi extends GraphApi {
	async list({ useCase: usecase, ...query }: LibraryQuery): Promise<Page<LibraryTemplate>> {
		const answer = await this.call('GET', ['message_template_library'], {
			qs: compact({ ...query, usecase, limit: 100 }),
		});
		return pageOf(answer, libraryTemplateOf);
	}
}
