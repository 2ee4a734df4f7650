import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { expect } from 'chai';
import { buildCoreView } from '../../engine/governance/core/build-core-view.ts';
import {
  LOCK_FILE,
  decodeCoreFile,
  isGoverned,
} from '../../engine/governance/core/covered-files.ts';
import { readCore } from '../../engine/governance/core/read-core.ts';
import { readLock, verifyLock } from '../../engine/governance/lock.ts';
import { dayNumber, weekdayOf } from '../../engine/kernel/values/iso-date.ts';

const FOLDER = resolve('core-data');

function readFolder(): Map<string, string> {
  const entries = readdirSync(FOLDER, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => relative(FOLDER, path).split(sep).join('/'));
  return new Map(
    paths
      .filter(isGoverned)
      .map((path) => [path, decodeCoreFile(readFileSync(join(FOLDER, path))) ?? '']),
  );
}

describe("the bundled company's core", () => {
  const files = readFolder();

  it('is read without a problem', () => {
    expect(readCore(files).problems).to.deep.equal([]);
  });

  it('is as it was locked', () => {
    const lock = readLock(readFileSync(join(FOLDER, LOCK_FILE), 'utf8'));
    expect(verifyLock(files, lock)).to.deep.equal({ ok: true });
  });

  it('has the types, operations, messages and processes of the scenario', () => {
    const { core } = readCore(files);
    if (core === undefined) throw new Error('the core cannot be read');
    const view = buildCoreView(core, '1.1');
    expect(view.company).to.equal('Meridian Components (fictional)');
    expect([...view.types.keys()]).to.include.members([
      ...['Customer', 'Product', 'PriceEntry', 'QuoteLine', 'Quote', 'Order'],
    ]);
    expect([...view.operations.keys()]).to.include.members([
      ...['oms.findCustomer', 'oms.reserveStock', 'oms.releaseReservation', 'oms.createOrder'],
      ...['oms.getOrder', 'pricing.lookup', 'mail.send'],
    ]);
    expect([...view.messages.keys()]).to.include('oms.orderConfirmed');
    expect(view.runnables.get('core/create-order')?.output).to.have.nested.property(
      'fields.order.mayBeEmpty',
      false,
    );
    const total = view.types.get('Quote')?.type;
    expect(total).to.have.nested.property('fields.netTotal.kind', 'decimal');
  });

  it('knows the ten public holidays of Ireland in each of three years', () => {
    const holidays = readCore(files).core?.calendars.get('default')?.holidays ?? [];
    expect(holidays).to.have.length(30);
    for (const year of ['2026', '2027', '2028']) {
      const ofYear = holidays.filter((date) => date.startsWith(year));
      const movable = ofYear.filter((date) => !/-(01-01|03-17|12-25|12-26)$/.test(date));
      expect(movable).to.have.length(6);
      expect(movable.map((date) => weekdayOf(dayNumber(date)))).to.deep.equal([1, 1, 1, 1, 1, 1]);
    }
  });
});
