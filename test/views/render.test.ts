import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { TrustedHtml } from '../../server/views/html.ts';
import type { Frame, Page } from '../../server/views/page.ts';
import { readTemplates } from '../../server/views/read-templates.ts';
import { createRenderer } from '../../server/views/render.ts';

const FRAME: Frame = {
  company: 'Bits & Pieces',
  assets: { stylesheet: '/assets/a.css', scripts: [] },
  areas: ['home', 'inbox'],
  demo: false,
};

const LAYOUT = '<title>{{title}}</title>{{#each links}}{{label}}={{current}};{{/each}}{{content}}';

const pageOf = (model: object): Page => ({ template: 'one', title: 'One', model, area: 'inbox' });

function render(template: string, model: object, parts: Readonly<Record<string, string>> = {}) {
  const templates = new Map(Object.entries({ layout: LAYOUT, one: template, ...parts }));
  return createRenderer(templates).render(pageOf(model), FRAME);
}

describe('the renderer', () => {
  it('escapes every text', () => {
    const hostile = '<script>"\'`=&</script>';
    const html = render('<p title="{{text}}">{{text}}</p>', { text: hostile });
    expect(html).not.to.contain('<script>');
    expect(html).to.contain('&lt;script&gt;&quot;&#x27;&#x60;&#x3D;&amp;&lt;/script&gt;');
  });

  it('writes trusted markup as it is, and nothing that only looks like it', () => {
    const markup = new TrustedHtml('<svg></svg>');
    expect(render('{{picture}}', { picture: markup })).to.contain('<svg></svg>');
    const posted: unknown = JSON.parse('{"toHTML":"<svg></svg>"}');
    expect(render('{{picture}}', { picture: posted })).not.to.contain('<svg>');
  });

  it('puts a page into the frame and marks where one is', () => {
    const html = render('body', {});
    expect(html).to.contain('<title>One – Bits &amp; Pieces</title>');
    expect(html).to.contain('Start something=false;Inbox=true;');
    expect(html.endsWith('body')).to.equal(true);
  });

  it('uses templates as partials of each other, without the end of their files', () => {
    const html = render('at {{> parts/time}}.', { text: 'noon' }, { 'parts/time': '{{text}}\n' });
    expect(html).to.contain('at noon.');
  });

  it('does not reach what a model inherits', () => {
    expect(render('[{{constructor.name}}]', {})).to.contain('[]');
  });

  it('refuses a template or a helper that there is not', () => {
    expect(() => createRenderer(new Map()).render(pageOf({}), FRAME)).to.throw('"one.hbs"');
    expect(() => render('{{shout text}}', {})).to.throw('shout');
  });
});

describe('the folders of templates', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trellis-templates-'));
    await mkdir(join(folder, 'pages'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'pages', 'home.hbs'), 'Welcome to us');
    await writeFile(join(folder, 'assets', 'ours.css'), 'b{}');
    await writeFile(join(folder, 'notes.txt'), 'no template');
  });
  after(() => rm(folder, { recursive: true }));

  it('lets a later folder stand in for files of the same name', async () => {
    const { templates, assets } = await readTemplates('templates', folder);
    expect(templates.get('pages/home')).to.equal('Welcome to us');
    expect(templates.get('pages/inbox')).to.contain('Inbox');
    expect([...assets.keys()]).to.include.members(['theme.css', 'ours.css', 'submit-once.js']);
    expect([...templates.keys()]).not.to.include('notes');
  });

  it('takes a folder that is missing for an empty one', async () => {
    const { templates } = await readTemplates(join(folder, 'none'));
    expect(templates.size).to.equal(0);
  });

  it('holds no template that writes anything unescaped', async () => {
    const { templates } = await readTemplates('templates');
    for (const [name, text] of templates) expect(text, name).not.to.match(/\{\{\{|\{\{&/u);
  });
});
