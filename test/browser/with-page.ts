import type { Browser, BrowserContext, Page, Request } from 'playwright-core';

/** A phone and a desk, in pixels. */
export const WIDTHS = { phone: 375, desk: 1280 } as const;

/** The widths at which pages are looked at: in a short run the one where less fits. */
export const LOOKED_AT = Object.entries(WIDTHS).filter(
  ([place]) => place === 'phone' || process.env['TRELLIS_TEST_SIZE'] === 'full',
);

export interface PageOptions {
  /** (Default: that of a desk) */
  readonly width?: number;
  /** (Default: true) */
  readonly javaScript?: boolean;
}

/** A page in a session of its own, and what the browser complained about since it was asked last. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the console (a breach of the content policy is one), of scripts, and of loading. */
  readonly complaints: () => readonly string[];
}

/** Opens a page in a session of its own (its own cookies); whoever opens it closes its context. */
export async function openPage(
  browser: Browser,
  { width = WIDTHS.desk, javaScript = true }: PageOptions,
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    locale: 'en-IE',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  return { page, context, complaints: watch(page) };
}

/** Runs something with a page in a session of its own, closed afterwards. */
export async function withPage<T>(
  browser: Browser,
  options: PageOptions,
  run: (watched: WatchedPage) => Promise<T>,
): Promise<T> {
  const watched = await openPage(browser, options);
  try {
    return await run(watched);
  } finally {
    await watched.context.close();
  }
}

function watch(page: Page): () => readonly string[] {
  let heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !isStatus(message.text())) heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('requestfailed', (request) => {
    if (isGivenUp(request)) return;
    heard.push(`${request.url()} was not loaded: ${request.failure()?.errorText ?? 'unknown'}`);
  });
  return () => {
    const complaints = heard;
    heard = [];
    return complaints;
  };
}

/** A page that is left gives up what its scripts were fetching. */
function isGivenUp(request: Request): boolean {
  return request.resourceType() === 'fetch' && request.failure()?.errorText === 'net::ERR_ABORTED';
}

/** That a page answers with a status like 422 is meant so; the browser reports it as an error. */
function isStatus(text: string): boolean {
  return text.startsWith('Failed to load resource: the server responded with a status of 4');
}
