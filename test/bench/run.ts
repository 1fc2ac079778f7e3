import { askFigures } from './ask';
import {
	builtinBulkAccepted,
	builtinBulkRefused,
	bulkAccepted,
	bulkLiveMemoryMb,
	bulkPeakMemoryMb,
	bulkPerSecond,
	bulkRefused,
} from './bulk';
import { decideMicroseconds, decidePerSecond } from './decideSpeed';
import type { Figure } from './figure';
import { forgetMs200k, loadAfterForgetRatio200k } from './forget';
import { lastMomentFigures } from './lastMoment';
import { monthFigures } from './month';
import { queueFigures } from './queue';
import { stateBytesPerContact } from './stateBytes';
import { stateLoadSpeedup } from './stateLoad';
import { stateSaveSpeedup } from './stateSave';
import { statusFigures } from './statuses';
import {
	minimalOutputsThroughputRatio,
	minimalThroughputRatio100k,
	triggerMemoryMb100k,
	triggerThroughputRatio,
	triggerThroughputRatio100k,
} from './triggerThroughput';

interface Benchmark {
	unit: string;
	measure: () => number | Promise<number>;
}

/** Every figure by its name. Ratios and speed-ups compare two sides within one run. */
const BENCHMARKS: Record<string, Benchmark> = {
	state_bytes_per_contact: { unit: 'bytes', measure: stateBytesPerContact },
	state_load_speedup: { unit: 'x', measure: stateLoadSpeedup },
	state_save_speedup: { unit: 'x', measure: stateSaveSpeedup },
	forget_ms_200k: { unit: 'ms', measure: forgetMs200k },
	load_after_forget_ratio_200k: { unit: 'x', measure: loadAfterForgetRatio200k },
	decide_per_second: { unit: '1/s', measure: decidePerSecond },
	decide_microseconds: { unit: 'us', measure: decideMicroseconds },
	trigger_throughput_ratio: { unit: 'x', measure: triggerThroughputRatio },
	minimal_outputs_throughput_ratio: { unit: 'x', measure: minimalOutputsThroughputRatio },
	trigger_throughput_ratio_100k: { unit: 'x', measure: triggerThroughputRatio100k },
	minimal_throughput_ratio_100k: { unit: 'x', measure: minimalThroughputRatio100k },
	trigger_memory_mb_100k: { unit: 'MB', measure: triggerMemoryMb100k },
	bulk_accepted: { unit: 'messages', measure: bulkAccepted },
	bulk_per_second: { unit: '1/s', measure: bulkPerSecond },
	bulk_refused: { unit: 'requests', measure: bulkRefused },
	bulk_peak_memory_mb: { unit: 'MB', measure: bulkPeakMemoryMb },
	bulk_live_memory_mb: { unit: 'MB', measure: bulkLiveMemoryMb },
	builtin_bulk_accepted: { unit: 'messages', measure: builtinBulkAccepted },
	builtin_bulk_refused: { unit: 'requests', measure: builtinBulkRefused },
};

/** What gives several figures at once, each of which begins with its name. */
const SERIES: Record<string, () => Promise<Figure[]>> = {
	ask: askFigures,
	last_moment: lastMomentFigures,
	month: monthFigures,
	queue: queueFigures,
	status: statusFigures,
};

/**
 * Measures all figures, or those that `--only NAME` names, and prints each as one line of JSON.
 * Everything else goes to standard error.
 */
async function main([option, wanted]: string[]): Promise<void> {
	const measures: Array<[name: string, measure: () => Promise<Figure[]>]> = [
		...Object.entries(BENCHMARKS).map(([name, { unit, measure }]): (typeof measures)[0] => [
			name,
			async () => [{ name, value: await measure(), unit }],
		]),
		...Object.entries(SERIES),
	];
	const names = measures.map(([name]) => name);
	const isUnknown = option !== undefined && (option !== '--only' || !names.includes(wanted));
	if (isUnknown) throw new Error(`Usage: --only NAME, one of ${names.join(', ')}`);

	for (const [name, measure] of measures) {
		if (wanted !== undefined && name !== wanted) continue;
		console.error(`${name} …`);
		for (const figure of await measure()) {
			const value = Number(figure.value.toPrecision(4));
			console.log(JSON.stringify({ ...figure, value }));
		}
	}
}

main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
