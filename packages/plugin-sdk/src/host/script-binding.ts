import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { ScriptedMessage, ScriptReply, ScriptSettings, ScriptsService } from '../services/index.js';
import { hostErrors } from './errors.js';
import { SCRIPTS_PER_NODE_MAX } from './limits.js';

type Kind = 'filter' | 'switch' | 'update' | 'generate' | 'string' | 'json';

/** What a script engine must offer; the port `ScriptEngine` fits, without this package knowing of it. */
export interface ScriptCompiler {
  compile(source: { readonly kind: Kind; readonly language: 'JS' | 'TBEL'; readonly body: string }): ScriptProgram;
}
export interface ScriptProgramInput {
  readonly messageText: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly messageType: string;
}
export type ScriptProgramAnswer = { readonly result: { readonly kind: Kind; readonly value: unknown } } | { readonly problem: Problem };
export interface ScriptProgram {
  run(inputs: readonly ScriptProgramInput[]): readonly ScriptProgramAnswer[];
  dispose(): void;
}

/** The scripts service of one node, and the end of its compiled scripts. */
export interface BoundScripts {
  readonly service: ScriptsService;
  dispose(): void;
}

/**
 * Gives a node its scripts service. Each script is compiled when it is first named and then kept until
 * `dispose`, so one node owns one sandbox a script; beyond `SCRIPTS_PER_NODE_MAX` the oldest is let go.
 */
export function bindScripts(compiler: ScriptCompiler): BoundScripts {
  const known: { readonly kind: Kind; readonly language: string; readonly body: string; readonly program: ScriptProgram }[] = [];
  const program = (settings: ScriptSettings, kind: Kind): ScriptProgram => {
    // A null or absent language means JS (rule-engine.md §12.1).
    const language = settings.scriptLang ?? 'JS';
    const body = (language === 'TBEL' ? settings.tbelScript : settings.jsScript) ?? '';
    // The body is the same text object from batch to batch, so the comparison costs nothing.
    const found = known.find((one) => one.kind === kind && one.language === language && one.body === body);
    if (found !== undefined) return found.program;
    const compiled = compiler.compile({ kind, language, body });
    known.push({ kind, language, body, program: compiled });
    if (known.length > SCRIPTS_PER_NODE_MAX) known.shift()?.program.dispose();
    return compiled;
  };
  const answers = <T>(settings: ScriptSettings, kind: Kind, inputs: readonly ScriptProgramInput[]): readonly ScriptReply<T>[] =>
    program(settings, kind)
      .run(inputs)
      .map((answer) => replyOf<T>(kind, answer));

  const service: ScriptsService = {
    check: (settings, kind) => void program(settings, kind),
    filter: (settings, messages) => answers(settings, 'filter', messages.map(inputOf)),
    switch: (settings, messages) => answers(settings, 'switch', messages.map(inputOf)),
    update: (settings, messages) =>
      answers<readonly ProgramMessage[]>(settings, 'update', messages.map(inputOf)).map((reply) =>
        'problem' in reply ? reply : { value: reply.value.map(scripted) },
      ),
    generate(settings, previous) {
      const input = { messageText: previous.text ?? '{}', metadata: previous.metadata ?? {}, messageType: previous.type ?? '' };
      const reply = answers<readonly ProgramMessage[]>(settings, 'generate', [input])[0];
      if (reply === undefined || 'problem' in reply) return reply ?? noAnswer('generate');
      const made = reply.value[0];
      return made === undefined ? noAnswer('generate') : { value: scripted(made) };
    },
    text: (settings, messages) => answers(settings, 'string', messages.map(inputOf)),
    json: (settings, messages, extraMetadata) =>
      answers(
        settings,
        'json',
        messages.map((message, place) => withExtra(inputOf(message), extraMetadata?.[place])),
      ),
  };
  return {
    service,
    dispose() {
      for (const one of known.splice(0)) one.program.dispose();
    },
  };
}

interface ProgramMessage {
  readonly messageText?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly messageType?: string | undefined;
}

const scripted = (made: ProgramMessage): ScriptedMessage => ({ text: made.messageText, metadata: made.metadata, type: made.messageType });

const inputOf = (message: Message): ScriptProgramInput => ({
  messageText: message.text,
  metadata: message.metadata,
  messageType: message.type,
});

function withExtra(input: ScriptProgramInput, extra: Readonly<Record<string, string>> | undefined): ScriptProgramInput {
  return extra === undefined ? input : { ...input, metadata: { ...input.metadata, ...extra } };
}

function replyOf<T>(expected: Kind, answer: ScriptProgramAnswer): ScriptReply<T> {
  if ('problem' in answer) return answer;
  const found = answer.result.kind;
  if (found !== expected) return { problem: problemOf(hostErrors.SCRIPT_ANSWER_MISMATCH({ expected, found })) };
  return { value: answer.result.value as T };
}

const noAnswer = (expected: Kind): { readonly problem: Problem } => ({
  problem: problemOf(hostErrors.SCRIPT_ANSWER_MISMATCH({ expected, found: 'none' })),
});
