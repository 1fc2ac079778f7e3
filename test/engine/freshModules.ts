import fs from 'fs';
import path from 'path';

type Compiled = (module: object, exports: object, load: (name: string) => unknown) => void;

/** A file of the package: what is the same for every process, and takes long to find out. */
interface Source {
	run: Compiled;
	/** The files of the package that it asks for, by the name by which it does. */
	files: Map<string, string>;
}

const sources = new Map<string, Source>();

/**
 * Modules of a package with a state of their own, as a new process has them. Jest's own isolation
 * looks for each of some hundred files anew.
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
			const { run, files } = sourceOf(file);
			run(module, module.exports, (name) => {
				if (!name.startsWith('.')) return this.others(name);
				let wanted = files.get(name);
				if (wanted === undefined) files.set(name, (wanted = fileOf(path.dirname(file), name)));
				return this.load(wanted);
			});
		}
		return module.exports;
	}
}

function sourceOf(file: string): Source {
	const known = sources.get(file);
	if (known) return known;
	const code = `${fs.readFileSync(file, 'utf8')}\n//# sourceURL=${file}`;
	// The sandbox's own, for the sake of its globals.
	const run = new Function('module', 'exports', 'require', code) as Compiled;
	const source = { run, files: new Map<string, string>() };
	sources.set(file, source);
	return source;
}

function fileOf(folder: string, name: string): string {
	const wanted = path.resolve(folder, name);
	const file = [wanted, `${wanted}.js`, path.join(wanted, 'index.js')].find((one) =>
		fs.statSync(one, { throwIfNoEntry: false })?.isFile(),
	);
	if (file === undefined) throw new Error(`There is no module ${name} in ${folder}.`);
	return file;
}
