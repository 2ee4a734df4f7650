import { expect } from 'chai';
import fc from 'fast-check';
import { paths, withQuery } from '../../../server/views/paths.ts';
import { historyLine } from '../../../server/views/texts/history-line.ts';
import { mailPieces } from '../../../server/views/texts/mail-text.ts';
import { namesOf, plainText } from '../../../server/views/texts/names.ts';
import { caseTag, taskTag } from '../../../server/views/texts/tag.ts';
import { asWords, countOf, ordinal } from '../../../server/views/texts/words.ts';
import { HISTORY } from '../case-history.ts';
import { MOMENT } from '../page-fixtures.ts';
import { quoteWorkflow } from '../quote-forms.ts';

const names = namesOf(quoteWorkflow);

describe('names', () => {
  it('are made into words', () => {
    expect(asWords('rep-review')).to.equal('Rep review');
    expect(asWords('evaluating/pricing/by-hand')).to.equal('By hand');
    expect(asWords('poNumber')).to.equal('Po number');
    expect(asWords('')).to.equal('');
  });

  it('give way to the titles that the author wrote', () => {
    expect(names.state('offered')).to.equal('Waiting for your answer');
    expect(names.form('answer')).to.equal('Your quote');
    expect(names.outcome('answer', 'change')).to.equal('Ask for a change');
  });

  it('are words where there is no title, and where it is filled in for each case', () => {
    expect(names.state('rep-review')).to.equal('Rep review');
    expect(names.state('evaluating/stock/work')).to.equal('Stock');
    expect(names.state('gone-since')).to.equal('Gone since');
    expect(names.form('gone-since')).to.equal('Gone since');
    expect(names.outcome('review', 'give-up')).to.equal('Give up');
    expect(names.outcome(undefined, 'approve')).to.equal('Approve');
  });

  it('are read in one language', () => {
    expect(plainText({ de: 'Preis', en: 'Price' })).to.equal('Price');
    expect(plainText({ de: 'Preis' })).to.equal('Preis');
    expect(plainText(undefined)).to.equal(undefined);
  });
});

describe('counts', () => {
  it('agree with what they count', () => {
    const ordinals = [1, 2, 3, 4, 11, 22, 113, 1001].map(ordinal);
    expect(ordinals.join(' ')).to.equal('1st 2nd 3rd 4th 11th 22nd 113th 1,001st');
    expect(countOf(1, 'task')).to.equal('1 task');
    expect(countOf(0, 'task')).to.equal('0 tasks');
    expect(countOf(1200, 'reply', 'replies')).to.equal('1,200 replies');
  });
});

describe('tags', () => {
  it('say how a case stands', () => {
    expect(caseTag({ status: 'active' }).text).to.equal('In progress');
    expect(caseTag({ status: 'undoing' }).text).to.equal('Being undone');
    expect(caseTag({ status: 'finished', outcome: 'completed' })).to.deep.equal({
      text: 'Completed',
      tone: 'green',
    });
    expect(caseTag({ status: 'finished', outcome: 'declined' })).to.deep.equal({
      text: 'Declined',
      tone: 'grey',
    });
  });

  it('say how a task stands', () => {
    expect(taskTag({ status: 'open', kind: 'task' }).text).to.equal('Not taken yet');
    expect(taskTag({ status: 'open', kind: 'ask' }).text).to.equal('Waiting for an answer');
    expect(taskTag({ status: 'called-off', kind: 'task' }).text).to.equal('Called off');
  });
});

describe('the history in words', () => {
  it('knows every kind of entry', () => {
    const lines = HISTORY.map((entry) => historyLine(entry, names, MOMENT));
    for (const { text } of lines) expect(text).not.to.match(/Something else|“”/u);
  });

  it('says who got a mail to a role, and for whom', () => {
    const mailed = HISTORY.find(({ kind }) => kind === 'mailed');
    expect(mailed && historyLine(mailed, names, MOMENT)).to.include({
      text: 'Mailed “new-request” to everybody with the role sales-manager',
      detail: 'Rosa Byrne, Tom Quinn for Una Walsh',
    });
  });

  it('says why something did not work', () => {
    const failed = HISTORY.find(({ kind }) => kind === 'failed');
    expect(failed && historyLine(failed, names, MOMENT)).to.include({
      text: '“Asking” did not work',
      detail: 'There is no price for S1.',
      tone: 'bad',
    });
  });

  it('says of a comment that was erased that it is', () => {
    const [first] = HISTORY;
    if (first === undefined) throw new Error('the fixture is empty');
    const sealed = { format: 2, at: [['text']], digest: 'x' } as const;
    const comment = { ...first, kind: 'comment', sealed };
    const erased = historyLine({ ...comment, body: { text: null } }, names, MOMENT);
    expect(erased.detail).to.contain('erased');
    const there = historyLine({ ...comment, body: { text: 'Hello' }, salt: 's' }, names, MOMENT);
    expect(there.detail).to.equal('Hello');
  });

  it('does not stumble over what it does not know', () => {
    const [first] = HISTORY;
    if (first === undefined) throw new Error('the fixture is empty');
    expect(historyLine({ ...first, kind: 'later' }, names, MOMENT).text).to.contain('(later)');
    fc.assert(
      fc.property(fc.constantFrom(...HISTORY), fc.jsonValue(), (entry, body) => {
        const line = historyLine({ ...entry, body: body as never }, names, MOMENT);
        expect(line.text).to.be.a('string').that.is.not.empty;
      }),
    );
  });
});

describe('a mail’s text', () => {
  it('is taken apart at its addresses', () => {
    expect(mailPieces('See https://a.example/x?y=1. Or not.')).to.deep.equal([
      { text: 'See ' },
      { text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' },
      { text: '. Or not.' },
    ]);
    expect(mailPieces('javascript:alert(1)')).to.deep.equal([{ text: 'javascript:alert(1)' }]);
  });

  it('loses nothing', () => {
    const word = fc.constantFrom('http://a.example/', 'https://', ' ', '.', ')', '\n', 'x', '<b>');
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join('');
        const pieces = mailPieces(text);
        expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
        for (const { href } of pieces) if (href !== undefined) expect(href).to.match(/^https?:/u);
      }),
    );
  });
});

describe('addresses', () => {
  it('encode ids and names, whatever they hold', () => {
    expect(paths.task('c/a b/1')).to.equal('/tasks/c%2Fa%20b%2F1');
    expect(paths.workflow('core/create-order')).to.equal('/workflows/core%2Fcreate-order');
    expect(paths.inbox()).to.equal('/inbox');
    expect(paths.inbox('done')).to.equal('/inbox/done');
  });

  it('leave out parameters without a value', () => {
    expect(withQuery('/cases', { a: undefined, b: '', c: 'x&y' })).to.equal('/cases?c=x%26y');
    expect(withQuery('/cases', {})).to.equal('/cases');
  });
});
