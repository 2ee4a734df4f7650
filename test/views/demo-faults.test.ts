import { expect } from 'chai';
import { createFaults } from '../../server/demo/faults.ts';
import { demoFaultsPage, readFault } from '../../server/views/pages/demo-faults-page.ts';

interface Shown {
  readonly operations: readonly {
    readonly operation: string;
    readonly options: readonly { readonly value: string; readonly chosen: boolean }[];
  }[];
}

function shown(faults = createFaults()): Shown {
  return demoFaultsPage({ operations: faults.list() }).model as Shown;
}

describe('the page of faults', () => {
  it('offers only what can be set, and reads each choice back', () => {
    const faults = createFaults();
    const choices = shown(faults).operations.flatMap(({ operation, options }) =>
      options.map(({ value }) => ({ operation, value })),
    );
    expect(choices.length).to.be.greaterThan(30);
    for (const { operation, value } of choices) {
      const fault = readFault(value);
      if (fault === undefined) throw new Error(`"${value}" cannot be read back`);
      expect(faults.set(operation, fault), `${operation} ${value}`).to.equal(true);
      const chosen = shown(faults)
        .operations.find((each) => each.operation === operation)
        ?.options.filter((option) => option.chosen);
      expect(chosen).to.deep.include({ value, chosen: true, label: labelOf(chosen) });
    }
  });

  it('keeps a fault that is none of its choices', () => {
    const faults = createFaults();
    faults.set('oms.reserveStock', { kind: 'refuse', code: 'FROZEN' });
    const options = shown(faults).operations.flatMap((each) => each.options);
    expect(options.filter(({ chosen }) => chosen).map(({ value }) => value)).to.include(
      'refuse FROZEN',
    );
  });

  it('reads nothing else', () => {
    for (const value of ['', 'slow', 'slow 1e9', 'slow -1', 'refuse', 'refuse <b>', 'explode']) {
      expect(readFault(value), value).to.equal(undefined);
    }
  });
});

function labelOf(options: readonly object[] | undefined): string {
  return (options?.[0] as { readonly label: string } | undefined)?.label ?? '';
}
