import fs from 'fs';
import path from 'path';

type Compiled = (module: object, exports: object, load: (name: string) => unknown) => void;

/** By file: compiling is what takes long, and the code is the same for every process. */
const compiled = new Map<string, Compiled>();

/** By the folder of a module and what it asks for. */
const files = new Map<string, string>();

/**
 * Modules of a package with a state of their own, as a new process has them. Jest's own isolation
 * compiles each of some hundred files anew.
 */
export class FreshModules {
	private readonly modules = new Map<string, { exports: object }>();

	/** @param others what is not the package's own, and is shared with whoever has it already */
	constructor(private readonly others: (name: string) => unknown) {}

	/** What a file of the package exports. */
	load(file: string): object {
		const known = this.modules.get(file);
		if (known) return known.exports;
		const module = { exports: {} };
		this.modules.set(file, module);
		if (file.endsWith('.json')) {
			module.exports = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
		} else {
			const folder = path.dirname(file);
			compile(file)(module, module.exports, (name) =>
				name.startsWith('.') ? this.load(fileOf(folder, name)) : this.others(name),
			);
		}
		return module.exports;
	}
}

function compile(file: string): Compiled {
	const known = compiled.get(file);
	if (known) return known;
	const code = `${fs.readFileSync(file, 'utf8')}\n//# sourceURL=${file}`;
	// The sandbox's own, for the sake of its globals.
	const one = new Function('module', 'exports', 'require', code) as Compiled;
	compiled.set(file, one);
	return one;
}

function fileOf(folder: string, name: string): string {
	const key = `${folder} ${name}`;
	const known = files.get(key);
	if (known !== undefined) return known;
	const wanted = path.resolve(folder, name);
	const file = [wanted, `${wanted}.js`, path.join(wanted, 'index.js')].find((one) =>
		fs.statSync(one, { throwIfNoEntry: false })?.isFile(),
	);
	if (file === undefined) throw new Error(`There is no module ${name} in ${folder}.`);
	files.set(key, file);
	return file;
}
