import { expect } from 'chai';
import { element } from '../../../server/views/statechart/markup.ts';
import { arrangeApart } from '../../../server/views/statechart/arrange.ts';
import { createDiagrams } from '../../../server/views/statechart/statechart.ts';
import { textWidth, twoLines } from '../../../server/views/statechart/text-size.ts';
import { onlineQuoteWorkflow, withEverywhere, workflowWith } from './sample-workflow.ts';

describe('the picture of a statechart', () => {
  const workflow = onlineQuoteWorkflow();
  const diagrams = createDiagrams(arrangeApart({ time: 60_000 }), 60_000);
  let plain = '';
  let marked = '';

  before(async function () {
    this.timeout(20_000);
    plain = (await diagrams.of(workflow)).picture.toHTML();
    const marks = { current: ['offered'], visited: ['matching', 'evaluating', 'deciding'] };
    marked = (await diagrams.of(workflow, marks)).picture.toHTML();
  });

  it('is one image with a name and a description', () => {
    expect(plain).to.match(
      /^<svg [^>]*role="img" aria-labelledby="statechart-title statechart-summary"/u,
    );
    expect(plain).to.contain('<title id="statechart-title">Online quote: ');
    expect(marked).to.contain('Now in: Waiting for your answer. Done before: Matching, ');
  });

  it('carries no style, no script and no address', () => {
    const attributes = [...plain.matchAll(/ ([a-zA-Z-]+)="/gu)].map(([, name]) => name ?? '');
    expect(attributes.filter((name) => /^(?:style|on.*|href)$/u.test(name))).to.deep.equal([]);
    expect(plain).not.to.match(/<(?:style|script|image|foreignObject)/u);
  });

  it('is well formed', () => {
    expect(unbalanced(marked)).to.deep.equal([]);
  });

  it('shows by a word and a tick where the case is and has been', () => {
    expect(count(plain, 'statechart-badge')).to.equal(0);
    expect(count(plain, 'statechart-tick')).to.equal(0);
    expect(count(marked, 'statechart-badge')).to.equal(1);
    expect(marked).to.contain('>Now</text>');
    expect(count(marked, 'class="statechart-tick"')).to.equal(2);
  });

  it('notes below what holds in every state', async () => {
    const { picture } = await diagrams.of(withEverywhere(workflow));
    expect(picture.toHTML()).to.contain('>In every state – After 24 hours: Order desk</text>');
    expect(plain).not.to.contain('In every state');
  });

  it('explains the sign of what is taken back where it is drawn, and only there', async () => {
    expect(plain).to.contain('>takes back what was done</text>');
    const harmless = workflowWith('asking: { next: over }\nover: { final: over }');
    expect((await diagrams.of(harmless)).picture.toHTML()).not.to.contain('takes back');
  }).timeout(20_000);

  it('writes names as text, never as markup', async () => {
    const title = '<img src=x onerror=alert(1)> & "more"';
    const hostile = {
      ...workflow,
      title,
      root: {
        ...workflow.root,
        children: workflow.root.children.map((state) => ({ ...state, title })),
      },
    };
    const { picture } = await diagrams.of(hostile);
    expect(picture.toHTML()).not.to.contain('<img');
    expect(picture.toHTML()).to.contain('&lt;img src');
    expect(unbalanced(picture.toHTML())).to.deep.equal([]);
  }).timeout(20_000);
});

describe('markup', () => {
  it('escapes attributes and texts, and leaves out what has no value', () => {
    const made = element('a', { b: '"<', c: undefined, d: 1 }, '<&', element('e', {}));
    expect(made.markup).to.equal('<a b="&quot;&lt;" d="1">&lt;&amp;<e></e></a>');
  });
});

describe('the room for texts', () => {
  it('breaks a long name at a space, and cuts what is longer than two lines', () => {
    expect(twoLines('Short', 10)).to.deep.equal(['Short']);
    expect(twoLines('Waiting for your answer', 12)).to.deep.equal(['Waiting for', 'your answer']);
    expect(twoLines('one two three four five six', 8)).to.deep.equal(['one two', 'three f…']);
    expect(twoLines('Donaudampfschifffahrt', 10)).to.deep.equal(['Donaudampf', 'schifffah…']);
  });

  it('grows with the text and the size', () => {
    expect(textWidth('', 14)).to.equal(0);
    expect(textWidth('WWW', 14)).to.be.greaterThan(textWidth('iii', 14));
    expect(textWidth('abc', 28)).to.be.closeTo(2 * textWidth('abc', 14), 1);
  });
});

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Names of elements that are not closed, or closed without having been opened. */
function unbalanced(markup: string): readonly string[] {
  const open: string[] = [];
  for (const [, slash, name = ''] of markup.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*>/gu)) {
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return [name];
  }
  return open;
}
