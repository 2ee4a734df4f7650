import { expect } from 'chai';
import { ANONYMOUS } from '../../server/middleware/visitor.ts';
import type { Visitor } from '../../server/middleware/visitor.ts';
import { UploadLimit } from '../../server/upload/upload-limit.ts';

describe('the limit of uploads', () => {
  const from = (address: string): Visitor => ({
    ...{ actor: { kind: 'public' }, author: ANONYMOUS, address },
  });

  it('holds for each address by itself', async () => {
    const limit = new UploadLimit(2);
    await limit.count(from('192.0.2.1'));
    await limit.count(from('192.0.2.1'));
    const third = await limit.count(from('192.0.2.1')).catch((error: unknown) => error);
    expect(third).to.include({ code: 'too-often' });
    await limit.count(from('192.0.2.2'));
  });
});
