/** The `policies.yaml` of a new workspace: what its one team may use and write. */
export const CORE_POLICIES = `# What each receiver may be given. \`staff\` holds for every role without a line of its own.
clearances:
  public: { upTo: public }
  customer: { upTo: internal, tags: [personal] }
  staff: { upTo: internal, tags: [personal] }
  mail.send: { upTo: internal, tags: [personal] }

# What the workflows of a team may use and write.
grants:
  - team: office
    operations: [mail.send]
    write: [Request]
`;
