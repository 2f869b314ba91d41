// Goal: a script gives what ThingsBoard's engine gives. Method: measured/ holds scripts with what TBEL 1.2.4 printed as
// JSON for them, or that it failed (rule-engine.md §12.4 sums them up). Each runs in the real sandbox, many as functions
// of one script, because every sandbox takes its time to start; those about statements run alone.
import { readFileSync } from 'node:fs';
import { isProblem } from '@fieldline/kernel';
import type { ScriptInput } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { engineFixture, input } from '../testing.fixture.js';
import { compileTbel } from './compile-tbel.js';

interface Row {
  readonly source: string;
  readonly message?: unknown;
  readonly gives?: string;
  readonly fails?: true;
}

const { compile } = engineFixture(50, 'TBEL');
const topics = ['language', 'scopes', 'statements', 'operators', 'texts-and-numbers', 'collections-and-dates', 'functions', 'arrays-and-locales'];
const alone = new Set(['language', 'scopes', 'statements']);

const rowsOf = (topic: string): Row[] =>
  readFileSync(new URL(`measured/${topic}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

const isRefused = ({ source }: Row): boolean => {
  try {
    compileTbel(source, 'string');
    return false;
  } catch (error) {
    if (isProblem(error)) return true;
    throw error;
  }
};

const inputOf = ({ message }: Row, place: number): ScriptInput => input(message ?? {}, { row: String(place) });

/** Runs the rows as one script; what each gave, or the code of its error. */
function run(rows: readonly Row[]): string[] {
  const functions = rows.map(({ source }, place) => `function row${place}() { ${source}\n}`);
  const calls = rows.map((_, place) => `if (metadata.row == "${place}") { return JSON.stringify(row${place}()); }`);
  const script = compile('string', rows.length === 1 ? (rows[0]?.source ?? '') : [...functions, ...calls].join('\n'));
  const answers = script.run(rows.map(inputOf));
  script.dispose();
  return answers.map((answer) =>
    'result' in answer && answer.result.kind === 'string' ? answer.result.value : 'problem' in answer ? answer.problem.code : '',
  );
}

/** Run alone, a row that gives a text gives it without quotes. */
const sameAs = (given: string, expected: string): boolean => given === expected || JSON.stringify(given) === expected;

describe.each(topics)('%s', (topic) => {
  const rows = rowsOf(topic);
  const size = alone.has(topic) ? 1 : 30;
  const running = rows.filter((row) => !(row.fails === true && isRefused(row)));
  const groups = Array.from({ length: Math.ceil(running.length / size) }, (_, place) => running.slice(place * size, (place + 1) * size));

  test.each(groups.map((group) => [group[0]?.source ?? '', group] as const))('as measured, from "%s" on', (_, group) => {
    const given = run(group);
    const wrong = group.flatMap((row, place) => {
      const answer = given[place] ?? '';
      const isRight = row.gives === undefined ? answer === 'SCRIPT_THREW' : sameAs(answer, row.gives);
      return isRight ? [] : [{ ...row, given: answer }];
    });
    expect(wrong).toEqual([]);
  });
});
