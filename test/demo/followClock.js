'use strict';

/**
 * Loaded by n8n before anything else: it then sees the time of the demo's clock. n8n looks once a
 * minute for runs whose time has come; when the clock is moved on, it looks at once.
 */
const fs = require('fs');

const LOOK_EVERY_MS = 200;
const MINUTE_MS = 60_000;

const RealDate = Date;
const file = process.env.CLOCK_FILE;
let aheadMs = read();

function read() {
	try {
		return Number(fs.readFileSync(file, 'utf8')) || 0;
	} catch {
		return 0;
	}
}

// As it was: others may put another function in its place.
const realNow = RealDate.now;

const now = () => realNow() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
	construct: (target, args, newTarget) =>
		Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
	apply: () => new RealDate(now()).toString(),
	get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});
RealDate.prototype.constructor = globalThis.Date;

const everyMinute = new Set();
const { setInterval: setRealInterval, clearInterval: clearRealInterval } = globalThis;

globalThis.setInterval = (callback, ms, ...args) => {
	const timer = setRealInterval(callback, ms, ...args);
	if (ms === MINUTE_MS) everyMinute.add({ timer, look: () => callback(...args) });
	return timer;
};

globalThis.clearInterval = (timer) => {
	for (const one of everyMinute) if (one.timer === timer) everyMinute.delete(one);
	clearRealInterval(timer);
};

setRealInterval(() => {
	const before = aheadMs;
	aheadMs = read();
	if (aheadMs !== before) for (const { look } of everyMinute) look();
}, LOOK_EVERY_MS).unref();
