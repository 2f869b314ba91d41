import { problemOf, silentLog, type Clock, type Log } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { inProcessPacker } from '../packing/in-process-packer.js';
import type { PackerLink } from '../packing/packer-link.js';
import { HistoryLink } from '../reads/history-link.js';
import type { ToHistory } from '../reads/history-messages.js';
import { HistoryReader } from '../reads/history-reader.js';
import type { HistoryReads } from '../reads/history-reads.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import type { WriterLink } from '../writer/writer-link.js';
import { openSqliteDataStore, type PackingState, type SqliteDataStoreOptions } from './open-data-store.js';

/** A packer that begins and ends when it is told, or fails instead. */
function gatedPacker(packer: PackerLink) {
  const waiting: PromiseWithResolvers<void>[] = [];
  const pass = (): Promise<void> => {
    const gate = Promise.withResolvers<void>();
    waiting.push(gate);
    return gate.promise;
  };
  const link: PackerLink = {
    pack: async (throughSeq) => {
      await pass();
      const packed = await packer.pack(throughSeq);
      await pass();
      return packed;
    },
    sweep: () => packer.sweep(),
    join: () => packer.join(),
    close: () => packer.close(),
  };
  const next = (): void => waiting.shift()?.resolve();
  const fail = (): void => waiting.shift()?.reject(storageErrors.UNAVAILABLE({ reason: 'the disk reported an error' }));
  return { link, next, fail, isWaiting: () => waiting.length > 0 };
}

/** A link on which so many requests are lost after so many more. */
function faultyLink(writer: WriterLink) {
  let [sound, lost] = [0, 0];
  const problem = problemOf(storageErrors.UNAVAILABLE({ reason: 'the disk reported an error' }));
  const link: WriterLink = {
    ready: () => writer.ready(),
    close: () => writer.close(),
    get lastLogSeq() {
      return writer.lastLogSeq;
    },
    write: async (request) => {
      if (sound > 0) sound -= 1;
      else if (lost > 0) {
        lost -= 1;
        return { kind: 'problem', problem };
      }
      return writer.write(request);
    },
  };
  const fail = (after: number, count: number): void => void ([sound, lost] = [after, count]);
  return { link, fail };
}

/** Reads of history that begin some turns of the event loop after they were asked for, never the same number: others write meanwhile. */
function lateHistory(path: string): HistoryReads {
  const reader = new HistoryReader({ path, say: (message) => link.hear(message) });
  let last = Promise.resolve();
  let reads = 0;
  const passed = async (message: ToHistory, turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
    reader.receive(message);
  };
  const send = (message: ToHistory): Promise<void> => {
    const turns = message.kind === 'read' ? ((reads += 1) * 7) % 61 : 0;
    return (last = last.then(() => passed(message, turns)));
  };
  const link: HistoryLink = new HistoryLink({ send: (message) => void send(message), close: () => send({ kind: 'close' }) });
  return link;
}

/** A store of a folder whose writes fail, and whose packing goes on, when the test says so. */
export async function openGated(path: string, clock: Clock, limits: SqliteDataStoreOptions['limits'], log: Log = silentLog, rowsAWrite?: number) {
  const real = inProcessWriter(path);
  let failsNext = false;
  const writer: WriterLink = {
    ready: () => real.ready(),
    close: () => real.close(),
    get lastLogSeq() {
      return real.lastLogSeq;
    },
    write: (request) => {
      const broken = { sql: 'INSERT INTO no_such_table VALUES (1)', rows: [[]] };
      const given = failsNext ? { ...request, statements: [...request.statements, broken] } : request;
      failsNext = false;
      return real.write(given);
    },
  };
  const faulty = faultyLink(real);
  const packer = gatedPacker(
    inProcessPacker({ path, writer: faulty.link, clock, log: silentLog, limits: rowsAWrite === undefined ? undefined : { rowsAWrite } }),
  );
  const states: PackingState[] = [];
  const onPacking = (state: PackingState): void => void states.push(state);
  const store = await openSqliteDataStore({ path, writer, packer: packer.link, reads: lateHistory(path), clock, log, onPacking, limits });
  const close = async (): Promise<void> => {
    const closing = store.close();
    // What is at a gate goes through it, to find that all is closed.
    packer.next();
    packer.next();
    await closing;
    await real.close();
  };
  return { store, packer, states, close, failNext: () => (failsNext = true), failPacker: faulty.fail };
}
