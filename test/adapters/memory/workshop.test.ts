import { createDirectWorkshop } from '../../../engine/adapters/memory/workshop.ts';
import { workshopContract } from '../../contracts/workshop.ts';

describe('the workshop of whoever asks', () => {
  workshopContract(createDirectWorkshop);
});
