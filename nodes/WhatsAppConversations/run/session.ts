import type { IExecuteFunctions } from 'n8n-workflow';

import type { CloudApi } from '../../core/transport/cloudApi';
import type { DataTableApi } from '../../core/transport/dataTableApi';
import type { FileStream } from '../../core/transport/multipart';
import type { BusinessNumber, FileToUpload, Transport } from '../../core/transport/transport';
import { connectMeta, connectPart, uploadToMeta, type PartOfMeta } from '../../shared/connection';
import { downloadFile, type DownloadedFile } from '../../shared/mediaDownload';
import { onlyNumber } from '../../shared/onlyNumber';
import { connect, requireMeta } from '../../shared/provider';
import { connectTables, PATIENT_TIMEOUT_MS } from '../../shared/stateTable';
import { reachesItself, type SelfReach } from '../../shared/waitingAddress';
import { now } from '../../shared/workflowState';
import { RunBroadcasts } from '../broadcast/broadcasts';
import { RunConversations } from '../state/conversations';

import { RunHints } from './hints';
import { resumeUrlOf } from './resumeUrl';
import { openSetup, type Setup } from './setup';

/** What the items of one execution share: connections, the conversation state, n8n's storage. */
export interface Session {
	readonly conversations: Pick<RunConversations, keyof RunConversations>;
	readonly broadcasts: Pick<RunBroadcasts, keyof RunBroadcasts>;
	/** Whether the execution was stopped. */
	isCancelled(): boolean;
	/** Epoch seconds, read anew at each call: a Wait node may lie between two sends (rule E8). */
	now(): number;
	/** The execution, as n8n names it. */
	readonly executionId: string;
	/** How many items it gave the node. */
	readonly itemCount: number;
	/**
	 * The address, signed by n8n, that resumes this run at this node once it waits; undefined where n8n
	 * is too old to sign any.
	 */
	resumeUrl(parameters: Record<string, string>): string | undefined;
	/** Whether n8n reaches itself where it resumes runs; undefined where it tells no address. */
	reachesItself(): Promise<SelfReach | undefined>;
	/** Shows a sentence above the output, once, whatever number of items it holds for. */
	hint(message: string): void;
	/** The provider that the node was set to. */
	api(): Promise<Transport>;
	/**
	 * The account's business number, where it has a single one.
	 *
	 * @throws InputError where it has none or several, or none can be asked for
	 */
	onlyNumber(): Promise<BusinessNumber>;
	/**
	 * Meta, for what only Meta can do.
	 *
	 * @param what in the words of a sentence
	 * @throws UnsupportedByProvider when the node goes another way
	 */
	meta(what: string): Promise<CloudApi>;
	/** As {@link meta}, for a part of Meta's API that stands by itself. */
	part<Api>(Part: PartOfMeta<Api>, what: string): Promise<Api>;
	/**
	 * Hands Meta a file that belongs to no message; returns the handle by which requests name it.
	 *
	 * @param open gives the file, once it is known to which app it goes
	 * @throws InputError where neither the credential nor the access token tells the app
	 */
	uploadForHandle(open: () => Promise<FileToUpload>): Promise<string>;
	/** As {@link meta}, with all that tells of a set-up. */
	setup(what: string): Promise<Setup>;
	/** n8n's data tables. */
	tables(): DataTableApi;
	/** A file of WhatsApp in n8n's storage; see {@link downloadFile}. */
	download(mediaId: string, fileName: string): Promise<DownloadedFile>;
	/** A file in n8n's storage, by the ID that an item has for it. */
	openFile(id: string): Promise<FileStream>;
	/** Its size in bytes. */
	sizeOfFile(id: string): Promise<number>;
}

/** The session of an execution. */
export function openSession(context: IExecuteFunctions): Session {
	let connection: Promise<Transport> | undefined;
	let number: Promise<BusinessNumber> | undefined;
	const api = async () => await (connection ??= connect(context));
	const meta = async (what: string) => {
		requireMeta(context, 'Operation', what);
		return await connectMeta(context);
	};
	const hints = new RunHints(context);
	return {
		conversations: new RunConversations(context),
		broadcasts: new RunBroadcasts(context),
		isCancelled: () => context.getExecutionCancelSignal()?.aborted === true,
		now,
		get executionId() {
			return context.getExecutionId();
		},
		get itemCount() {
			return context.getInputData().length;
		},
		resumeUrl: (parameters) => resumeUrlOf(context, parameters),
		reachesItself: async () => await reachesItself(context),
		hint: (message) => hints.add(message),
		api,
		onlyNumber: async () => await (number ??= onlyNumber(context)),
		meta,
		part: async (Part, what) => {
			requireMeta(context, 'Operation', what);
			return await connectPart(context, Part);
		},
		uploadForHandle: async (open) => await uploadToMeta(context, open),
		setup: async (what) => await openSetup(context, await meta(what)),
		tables: () => connectTables(context, PATIENT_TIMEOUT_MS),
		download: async (mediaId, fileName) =>
			await downloadFile(context, await api(), mediaId, fileName),
		openFile: async (id) => await context.helpers.getBinaryStream(id),
		sizeOfFile: async (id) => (await context.helpers.getBinaryMetadata(id)).fileSize,
	};
}
