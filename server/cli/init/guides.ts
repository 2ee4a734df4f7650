/** The README.md of a new core: where the guide is, and how a change is locked. */
export const CORE_GUIDE = `# The governed core

This folder is IT's. It says which data the company has, which other systems Trellis may use, and
who may do and see what. The guide is core-data/README.md of the Trellis installation.

After a change:

    trellis check --workspace .
    trellis lock write --workspace .
`;

/** Keeps Git from changing line ends: the digests of the lock are of bytes. */
export const GIT_ATTRIBUTES = `core-data/** -text
`;
