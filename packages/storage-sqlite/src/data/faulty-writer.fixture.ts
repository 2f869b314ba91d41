import type { DataStore } from '@fieldline/ports';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import type { WriteRequest, WriterLink } from '../writer/writer-link.js';

/** Fails the next request when told to. */
export type FaultyWriter = WriterLink & { failNext: boolean };

/** A real writer to which some requests are given with a statement that cannot be run. */
function faultyWriter(path: string): FaultyWriter {
  const writer = inProcessWriter(path);
  return {
    failNext: false,
    get lastLogSeq() {
      return writer.lastLogSeq;
    },
    ready: () => writer.ready(),
    close: () => writer.close(),
    write(request: WriteRequest) {
      const broken = { sql: 'INSERT INTO no_such_table VALUES (1)', rows: [[]] };
      const given = this.failNext ? { ...request, statements: [...request.statements, broken] } : request;
      this.failNext = false;
      return writer.write(given);
    },
  };
}

/** Runs a test on a store in a folder of its own; `reopen` closes it and opens it again on a sound writer. */
export async function withFaultyWriter(
  run: (store: DataStore, writer: FaultyWriter, reopen: () => Promise<DataStore>) => Promise<void>,
): Promise<void> {
  const folder = testFolder();
  const writer = faultyWriter(folder.path);
  let opened = await openDataStore(folder.path, undefined, writer);
  try {
    await run(opened.store, writer, async () => {
      await opened.close();
      opened = await openDataStore(folder.path);
      return opened.store;
    });
  } finally {
    await opened.close();
    folder.remove();
  }
}
