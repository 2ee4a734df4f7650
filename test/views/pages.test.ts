import { expect } from 'chai';
import type { PageAssets } from '../../server/views/page.ts';
import { readTemplates } from '../../server/views/read-templates.ts';
import type { Renderer } from '../../server/views/render.ts';
import { createRenderer } from '../../server/views/render.ts';
import { brokenReferences, tagsOf } from './forms/render-form.ts';
import type { PageFixture } from './page-fixtures.ts';
import { PAGE_FIXTURES } from './page-fixtures.ts';

const ASSETS: PageAssets = { stylesheet: '/assets/t.css', scripts: ['/assets/t.js'] };

describe('the pages', () => {
  let renderer: Renderer;
  const all = new Map<string, string>();
  const show = ({ page, frame }: PageFixture) =>
    renderer.render(page, { ...frame, assets: ASSETS });
  const html = (name: string) => all.get(name) ?? '';
  const text = (name: string) =>
    html(name)
      .replaceAll(/<\/?(?:a|span|strong|time)(?: [^>]*)?>/gu, '')
      .replaceAll(/<[^>]*>/gu, ' ')
      .replaceAll(/\s+/gu, ' ');

  before(async () => {
    renderer = createRenderer((await readTemplates('templates')).templates);
    for (const fixture of PAGE_FIXTURES) all.set(fixture.name, show(fixture));
  });

  for (const fixture of PAGE_FIXTURES) {
    describe(fixture.name, () => {
      it('has one heading of the first level, and a title', () => {
        expect(html(fixture.name).match(/<h1[\s>]/gu)).to.have.length(1);
        expect(html(fixture.name)).to.match(/<title>[^<]+ – Meridian Components<\/title>/u);
      });

      it('has no broken references and no id twice', () => {
        expect(brokenReferences(html(fixture.name))).to.deep.equal([]);
      });

      it('holds nothing that a strict policy forbids', () => {
        const tags = tagsOf(html(fixture.name));
        expect(html(fixture.name)).not.to.match(/<style|<script(?![^>]* src=)|javascript:/u);
        for (const { name, attributes } of tags) {
          expect(Object.keys(attributes), name).not.to.include('style');
          expect(Object.keys(attributes).some((each) => each.startsWith('on'))).to.equal(false);
        }
      });

      it('was filled completely', () => {
        expect(text(fixture.name)).not.to.match(/undefined|\[object|NaN/u);
        expect(html(fixture.name)).not.to.match(/(?:href|action)="(?:undefined)?"/u);
      });

      it('changes things by posts alone', () => {
        const forms = tagsOf(html(fixture.name)).filter(({ name }) => name === 'form');
        for (const { attributes } of forms) {
          const action = attributes['action'] ?? '';
          // What is only looked for is asked by a get; preparing a migration posts as well.
          const methods =
            action === '/cases'
              ? ['get']
              : action.endsWith('/migrate')
                ? ['get', 'post']
                : ['post'];
          expect(methods).to.include(attributes['method']);
        }
      });
    });
  }

  it('offer signing in to those outside, and signing out to staff', () => {
    expect(text('home')).to.contain('Staff sign-in').and.not.to.contain('Sign out');
    expect(text('inbox')).to.contain('Rosa Byrne').and.to.contain('Sign out');
  });

  it('show the inbox with what is due, what is late and how to take it', () => {
    expect(text('inbox')).to.contain('26 hours late').and.to.contain('Due in 2 hours');
    expect(html('inbox')).to.contain('href="/tasks/01JQ3ZV7W9K5%2Frep-review%2F1"');
    expect(html('inbox')).not.to.contain('/claim');
    expect(html('inbox-team')).to.contain('action="/tasks/01JQ3ZV7W9K5%2Frep-review%2F1/claim"');
    expect(text('inbox-done')).to.contain('Done 13:20').and.not.to.contain('late');
    expect(text('inbox-empty')).to.contain('Nothing waits for you.');
  });

  it('give a task’s form to whoever has it, and only the facts to others', () => {
    expect(html('task-work')).to.contain('name="/quote/discountPct"').and.to.contain('/release');
    for (const name of ['task-take', 'task-look']) {
      expect(html(name)).not.to.contain('name="/quote/discountPct"');
      expect(text(name)).to.contain('33,658.00');
    }
    expect(html('task-take')).to.contain('/claim');
    expect(html('task-look')).not.to.match(/\/(?:claim|release)"/u);
  });

  it('say who was first', () => {
    expect(text('conflict')).to.contain('Ines Walsh completed it on 1 March 2027, 14:19.');
    expect(text('conflict-unknown')).to.contain('completed by somebody else, or called off');
  });

  it('tell a case’s history in plain words, newest first', () => {
    const history = text('case');
    expect(history).to.contain('Completed “Rep review”: Approve Rosa Byrne · 1 March 2027, 11:55');
    expect(history).to.contain('Gave “By hand” back to the team');
    expect(history.indexOf('Took a piece of earlier work back')).to.be.lessThan(
      history.indexOf('Started the case'),
    );
  });

  it('number the lines of a workflow’s source', () => {
    expect(html('workflow')).to.contain('data-line="1" id="line-1">workflow: online-quote\n');
    expect(html('workflow').match(/id="line-1"/gu)).to.have.length(1);
    expect(text('workflow')).to.contain('quote-sent.hbs');
  });

  it('keep what was chosen in the filters', () => {
    expect(html('cases-none')).to.contain('value="finished" selected');
    expect(html('cases-none')).to.contain('value="Q-1999"');
    expect(text('cases-none')).to.contain('No case fits.').and.to.contain('Show all');
    expect(text('cases')).not.to.contain('Show all');
  });

  it('make links of the addresses in a mail', () => {
    const link = 'http://127.0.0.1:8080/links/k3JmZ0x1TnhQeHZ2c2x5d2pxYjY2Zw';
    expect(html('demo-mail')).to.contain(`href="${link}"`);
  });

  it('mark a page with errors in its title', () => {
    expect(html('form-wrong')).to.contain('<title>Error: About you');
    expect(html('sign-in-wrong')).to.contain('<title>Error: Sign in');
    expect(html('sign-in-wrong')).to.contain('value="rosa@meridian.example"');
  });
});
