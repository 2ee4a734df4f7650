import type { Document, YAMLError } from 'yaml';
import type { Json } from '../json.ts';
import { Latest } from '../latest.ts';
import type { Position, Problem } from '../problem.ts';
import type { Place } from './places.ts';
import { placesOf } from './places.ts';
import { createSourceMap, positionsOf } from './source-map.ts';
import type { SourceMap } from './source-map.ts';
import { composeYaml } from './yaml-document.ts';
import { scanYaml } from './yaml-scan.ts';
import { explainRefusal, explainSyntax } from './yaml-traps.ts';
import type { Trap } from './yaml-traps.ts';
import { YamlValues } from './yaml-values.ts';

/** A YAML text as plain JSON. */
export interface ReadSource {
  /** Absent when the text could not be read. */
  readonly value?: Json;
  readonly problems: readonly Problem[];
  readonly map: SourceMap;
  /** Where its parts stand; absent when the text could not be read. */
  readonly places?: Place;
}

export interface SourceOptions {
  /** The most bytes of UTF-8 that are read (Default: 65,536). */
  readonly mostBytes?: number;
  /** The most levels of nesting that are read (Default: 32). */
  readonly deepest?: number;
}

const MOST_PROBLEMS = 20;

/** How many characters of texts are remembered, each with what was read of it. */
const REMEMBERED = 100_000;

/**
 * Reads a YAML 1.2 text (core schema, one document) as plain JSON. Anchors, aliases, tags,
 * directives and repeated keys are refused; each refusal has its place and, where the cause is a
 * known trap, a fix. Nobody may change what it gives: others are given the same.
 */
export function readSource(text: string, options?: SourceOptions): ReadSource {
  return options === undefined ? LATEST.of(text) : readAnew(text, options);
}

/**
 * What is read of a text without problems, as a text that is read many times faster; absent where there are
 * problems. It is believed: keep it only where nobody else can write it.
 */
export function keepReading(text: string): string | undefined {
  const { value, places, problems } = readSource(text);
  return problems.length === 0 ? JSON.stringify({ value, places }) : undefined;
}

/** Gives what {@link readSource} gives, from what {@link keepReading} has given for the same text. */
export function readKept(text: string, reading: string): ReadSource {
  const { value, places } = JSON.parse(reading) as Required<Pick<ReadSource, 'value' | 'places'>>;
  return { value, problems: [], map: createSourceMap(text, places, value), places };
}

/** Lets {@link readSource} give what {@link keepReading} has given for a text, instead of reading it again. */
export function takeReading(text: string, reading: string): void {
  LATEST.add(text, readKept(text, reading));
}

/** One check after the other reads the same few texts. */
const LATEST = new Latest(REMEMBERED, (text) => readAnew(text, {}));

function readAnew(text: string, { mostBytes = 65_536, deepest = 32 }: SourceOptions): ReadSource {
  if (isLonger(text, mostBytes)) return tooLong(text, mostBytes);
  const position = positionsOf(text);
  const { tokens, refusals } = scanYaml(text, deepest);
  if (refusals.length > 0) {
    const traps = refusals.map((refusal) => explainRefusal(text, refusal, deepest));
    return {
      problems: toProblems(firstOfEachLine(traps, position), position),
      map: createSourceMap(text),
    };
  }
  const document = composeYaml(tokens, text.length);
  const places = placesOf(text, document);
  const faults = faultsOf(document).slice(0, MOST_PROBLEMS);
  if (faults.length > 0) {
    const traps = faults.map((fault) => explainSyntax(text, fault));
    const map = createSourceMap(text, places);
    return { problems: toProblems(firstOfEachLine(traps, position), position), map };
  }
  const values = new YamlValues(text, deepest);
  const value = values.read(document.contents);
  const problems = values.findings
    .slice(0, MOST_PROBLEMS)
    .map(({ from, to, fix, ...rest }): Problem => ({
      ...rest,
      severity: 'error',
      position: position(from, to),
      ...(fix === undefined
        ? {}
        : { fix: { title: fix.title, edits: [{ from: fix.from, to: fix.to, text: fix.text }] } }),
    }));
  const map = createSourceMap(text, places, value);
  return problems.length > 0
    ? { problems, map }
    : { value, problems, map, ...(places && { places }) };
}

/** A tab at the beginning of a line makes more errors than its own. */
function faultsOf(document: Document.Parsed): readonly YAMLError[] {
  const all = [...document.errors, ...document.warnings];
  const tabs = all.filter(({ code }) => code === 'TAB_AS_INDENT');
  return tabs.length > 0 ? tabs : all;
}

type Positions = (from: number, to?: number) => Position;

function toProblems(traps: readonly Trap[], position: Positions): readonly Problem[] {
  return traps.map(({ from, to, ...rest }) => ({
    ...rest,
    severity: 'error',
    path: [],
    position: position(from, to),
  }));
}

/** One slip often makes several errors on its line; the first says what happened. */
function firstOfEachLine(traps: readonly Trap[], position: Positions): readonly Trap[] {
  const told = new Set<number>();
  return traps.filter(({ from }) => {
    const { line } = position(from);
    if (told.has(line)) return false;
    told.add(line);
    return true;
  });
}

function isLonger(text: string, mostBytes: number): boolean {
  return text.length > mostBytes || new TextEncoder().encode(text).length > mostBytes;
}

function tooLong(text: string, mostBytes: number): ReadSource {
  const map = createSourceMap(text.slice(0, 1));
  const problem: Problem = {
    code: 'yaml-size',
    severity: 'error',
    path: [],
    message: `The file is longer than ${mostBytes / 1024} KB. Divide it.`,
    position: map.locate([]),
  };
  return { problems: [problem], map };
}
