// Run by n8n's own Node: holds the SQLite database for itself until its standard input ends.
//   node lock-database.js <sqlite3 module> <database file>
const [, , modulePath, file] = process.argv;
const { Database } = require(modulePath);

const database = new Database(file);
database.configure('busyTimeout', 30_000);
database.exec('BEGIN EXCLUSIVE', (error) => {
	if (error) throw error;
	process.stdout.write('locked\n');
});
process.stdin.on('end', () => database.exec('ROLLBACK', () => process.exit()));
process.stdin.resume();
