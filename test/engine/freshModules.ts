import fs from 'fs';
import path from 'path';

type Compiled = (module: object, exports: object, load: (name: string) => unknown) => void;

/** By file: compiling is what takes long, and the code is the same for every process. */
const compiled = new Map<string, Compiled>();

/** By the path that a module asks for, without its ending. */
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
			compile(file)(module, module.exports, (name) =>
				name.startsWith('.') ? this.load(fileOf(path.dirname(file), name)) : this.others(name),
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
	const wanted = path.resolve(folder, name);
	const choices = [wanted, `${wanted}.js`, path.join(wanted, 'index.js')];
	const file =
		files.get(wanted) ??
		choices.find((one) => fs.statSync(one, { throwIfNoEntry: false })?.isFile());
	if (file === undefined) throw new Error(`There is no module ${name} in ${folder}.`);
	files.set(wanted, file);
	return file;
}
