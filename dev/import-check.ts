// npm run import-check -- exports/                     every export of rule chains in a folder, or one file
// npm run import-check -- chain.json --resolved 80    with fewer nodes known than the usual 95 of 100
// Imports each file, tells which nodes are known here, runs the cases of `<name>.cases.json` beside it, exports it again and
// compares. Passes when every file can be read, nothing is lost, every case comes out as expected and enough nodes are known.
import { nodeCatalogue } from '@fieldline/api-contract';
import { quickJsScriptEngine } from '@fieldline/scripting';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../apps/server/src/catalogue.js';
import { systemClock } from '../apps/server/src/system-clock.js';
import { checkDocument, type CheckTools, type DocumentReport } from './import-check/check-document.js';
import { chainFiles, readDocument } from './import-check/documents.js';

const { values, positionals } = parseArgs({ options: { resolved: { type: 'string', default: '95' } }, allowPositionals: true });
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function checked(path: string, isNamed: boolean, tools: CheckTools): Promise<DocumentReport | undefined> {
  try {
    const document = readDocument(path);
    if (document === undefined && isNamed) throw new Error('it holds no rule chain');
    return document === undefined ? undefined : await checkDocument(document, tools);
  } catch (error) {
    return { path, nodes: [], cases: [], losses: [`cannot be imported: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

function tell({ path, nodes, cases, losses }: DocumentReport): void {
  const known = nodes.filter(({ isResolved }) => isResolved).length;
  say(`${relative(process.cwd(), path)}: ${known} of ${nodes.length} nodes resolved, ${cases.length} cases`);
  for (const { name, type, isResolved, remark } of nodes) {
    if (!isResolved) say(`  not resolved: "${name}" of type ${type}`);
    else if (remark !== undefined) say(`  will not run: "${name}" of type ${type}: ${remark}`);
  }
  for (const loss of losses) say(`  LOST: ${loss}`);
  for (const { name, faults } of cases) for (const fault of faults) say(`  FAILED: ${name}: ${fault}`);
}

const definitions = await loadCatalogue();
const scripts = await quickJsScriptEngine({ clock: systemClock, random: Math.random });
const tools: CheckTools = { definitions, catalogue: nodeCatalogue(definitions), scripts };
const reports: DocumentReport[] = [];
for (const named of positionals) {
  const files = chainFiles(named);
  for (const path of files) {
    const report = await checked(path, files.length === 1, tools);
    if (report !== undefined) reports.push(report);
  }
}
scripts.dispose();

for (const report of reports) tell(report);
const nodes = reports.flatMap((report) => report.nodes);
const known = nodes.filter(({ isResolved }) => isResolved).length;
const share = nodes.length === 0 ? 100 : (100 * known) / nodes.length;
const cases = reports.flatMap((report) => report.cases);
const failed = cases.filter(({ faults }) => faults.length > 0).length;
const losses = reports.flatMap((report) => report.losses).length;
say(
  `${reports.length} files, ${known} of ${nodes.length} nodes resolved (${share.toFixed(1)} %), ${cases.length - failed} of ${cases.length} cases passed`,
);
const hasPassed = reports.length > 0 && failed === 0 && losses === 0 && share >= Number(values.resolved);
say(hasPassed ? 'import check passed' : 'import check failed');
process.exitCode = hasPassed ? 0 : 1;
