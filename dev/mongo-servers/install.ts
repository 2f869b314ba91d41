import { delimiter, join } from 'node:path';
import { copyJars, madeOnce, runTool, versionIn } from '../made-once.js';

/** A server program that speaks MongoDB's protocol and comes from a package registry. */
export interface MongoServerProgram {
  readonly name: 'ferretdb' | 'mongo-java-server';
  readonly version: string;
  /** Makes what it runs from, unless that is there already, and says how to start it with a data folder. */
  readonly install: () => { readonly command: string; readonly args: (folder: string) => readonly string[] };
}

const sources = import.meta.dirname;

const ferretdb: MongoServerProgram = {
  name: 'ferretdb',
  version: versionIn(join(sources, 'ferretdb/go.mod'), /FerretDB\/FerretDB v(\S+)/),
  install() {
    const files = ['main.go', 'go.mod', 'go.sum'].map((file) => join(sources, 'ferretdb', file));
    const folder = madeOnce(ferretdb, files, (target) => {
      // SQLite is compiled from Go, so no C compiler is needed. The toolchain is the one installed: others cannot be fetched.
      const env = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
      const flags = ['-trimpath', '-buildvcs=false', '-tags=ferretdb_no_postgresql'];
      runTool('go', ['build', ...flags, '-o', join(target, 'ferretdb'), '.'], join(sources, 'ferretdb'), env);
    });
    return { command: join(folder, 'ferretdb'), args: (data) => [data] };
  },
};

const mongoJavaServer: MongoServerProgram = {
  name: 'mongo-java-server',
  version: versionIn(join(sources, 'java-server/pom.xml'), /<artifactId>mongo-java-server<\/artifactId>\s*<version>(\d+\.\d[^<]*)</),
  install() {
    const files = ['pom.xml', 'Main.java'].map((file) => join(sources, 'java-server', file));
    const folder = madeOnce(mongoJavaServer, files, (target) => {
      copyJars(join(sources, 'java-server'), target);
      runTool('javac', ['-cp', join(target, '*'), '-d', target, join(sources, 'java-server', 'Main.java')], target);
    });
    // 6 GB is what the benchmark of entities puts there; tests need a tenth of it.
    return { command: 'java', args: () => ['-Xmx6g', '-cp', [folder, join(folder, '*')].join(delimiter), 'Main'] };
  },
};

/** The servers that tests of storage-mongo run against. */
export const mongoServerPrograms: readonly MongoServerProgram[] = [ferretdb, mongoJavaServer];
