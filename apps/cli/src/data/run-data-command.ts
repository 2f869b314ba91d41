import type { Writable } from 'node:stream';
import { epochMs, type Clock } from '@fieldline/kernel';
import { backupFolder, checkFolder, FolderSql, restoreFolder } from '@fieldline/storage-sqlite';
import { cliErrors } from '../errors.js';
import { exportPoints } from './export-points.js';
import { fileWriter, lineWriter } from './line-writer.js';
import type { DataCommand } from './read-data-command.js';
import { linesOfAnswers } from './row-text.js';

interface DataSurroundings {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Takes what is asked for; that of the process if absent. */
  readonly stdout?: Writable;
}

const clock: Pick<Clock, 'nowMs'> = { nowMs: () => epochMs(Date.now()) };

/** Backs up, restores, checks, asks and exports a data folder; all but `restore` beside a server that works on it. */
export async function runDataCommand(command: DataCommand, { out, err, stdout = process.stdout }: DataSurroundings): Promise<void> {
  if (command.name === 'backup') backup(command, out);
  else if (command.name === 'restore') restore(command, out);
  else if (command.name === 'check') check(command.dir, out);
  else if (command.name === 'sql') await query(command, stdout);
  else await exportTo(command, stdout, err);
}

function restore({ dir, from }: Extract<DataCommand, { name: 'restore' }>, out: (line: string) => void): void {
  const setAside = new Date(clock.nowMs()).toISOString().replaceAll(/[:.]/g, '-');
  const kept = restoreFolder({ from, to: dir, setAside });
  out(`${from} restored to ${dir}.${kept === undefined ? '' : ` What was there is in ${kept}.`} Start the server to use it.`);
}

/** The copy is looked through as well: who learns of damage from a restore that is refused may have no older backup any more. */
function backup({ dir, to }: Extract<DataCommand, { name: 'backup' }>, out: (line: string) => void): void {
  const bytes = backupFolder({ from: dir, to });
  const findings = findingsOf(to, out);
  if (findings > 0) throw cliErrors.BACKUP_DAMAGED({ path: dir, to, findings });
  out(`${dir} backed up to ${to}: ${megabytes(bytes)}. Plugins are not part of it.`);
}

/** Tells what is wrong with a folder; returns how much that is. */
function findingsOf(dir: string, out: (line: string) => void): number {
  let findings = 0;
  for (const finding of checkFolder(dir)) {
    findings += 1;
    out(finding);
  }
  return findings;
}

function check(dir: string, out: (line: string) => void): void {
  const findings = findingsOf(dir, out);
  if (findings > 0) throw cliErrors.DATA_DAMAGED({ path: dir, findings });
  out(`${dir} is whole.`);
}

async function query({ dir, query: text, format }: Extract<DataCommand, { name: 'sql' }>, stdout: Writable): Promise<void> {
  const sql = new FolderSql({ path: dir, clock });
  const lines = lineWriter(stdout);
  try {
    for (const line of linesOfAnswers(format, sql.query(text))) if (!(await lines.write([line]))) return;
    await lines.close();
  } finally {
    sql.close();
  }
}

async function exportTo(command: Extract<DataCommand, { name: 'export' }>, stdout: Writable, err: (line: string) => void): Promise<void> {
  const lines = command.file === undefined ? lineWriter(stdout) : fileWriter(command.file);
  let damaged = 0;
  const { points, series } = await exportPoints(
    { dir: command.dir, choice: command, clock },
    (some) => lines.write(some),
    (problem) => {
      damaged += 1;
      err(problem.message);
    },
  );
  if (!(await lines.close())) return;
  // On the other stream, so that what is piped on holds points only.
  err(`${points} points of ${series} time series exported${command.file === undefined ? '' : ` to ${command.file}`}.`);
  if (damaged > 0) throw cliErrors.EXPORT_INCOMPLETE({ path: command.dir, damaged });
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
