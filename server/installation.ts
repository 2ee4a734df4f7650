import { fileURLToPath } from 'node:url';

/**
 * The root of the installation: where the bundled company, the templates and the list of packages
 * lie. Built code lies two folders below it, in `dist/server` and, bundled, in `dist/run`.
 */
export const INSTALLATION = fileURLToPath(new URL('../../', import.meta.url));
