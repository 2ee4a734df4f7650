import type { Chance } from './chance.ts';
import type { Doing, Guard, ModelRule, ModelTarget, ModelTimer } from './model-workflow.ts';
import type { Plan, PlanSite } from './plan.ts';
import { isWithin, mayLead, outside, plansIn } from './plan.ts';
import { OfFields } from './of-fields.ts';
import { CHANGES, GUARDS, SIGNALS, TIMINGS, placeGuards } from './random-values.ts';

/** Chooses the rules of states: where they lead, when they hold, and what they do. */
export class RandomRules {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Some rules; `more` are guards beside those that every rule may have. */
  some(most: number, site: PlanSite, more: readonly Guard[] = [], least = 0): readonly ModelRule[] {
    return this.#chance.list(most, () => this.one(site, more), least);
  }

  one(site: PlanSite, more: readonly Guard[] = []): ModelRule {
    const to = this.#chance.of(88) ? this.#target(site) : undefined;
    if (to === undefined) return this.staying(site, more);
    const undo = this.#chance.of(30) ? this.#undo(site, to) : undefined;
    return {
      to,
      ...this.#when(site, more),
      ...this.doing(site),
      ...(undo && { undo }),
      reenter: site.plan.id !== '' && undo === undefined && this.#chance.of(15),
    };
  }

  /** A rule that does not leave its state. */
  staying(site: PlanSite, more: readonly Guard[] = [], add?: number): ModelRule {
    return {
      ...this.#when(site, more),
      ...this.doing(site),
      reenter: false,
      ...(add !== undefined && { add }),
    };
  }

  doing(site: PlanSite): Doing {
    return {
      ...(this.#chance.of(30) && { set: this.of(site).change(this.#chance.pick(CHANGES)) }),
      ...(this.#chance.of(12) && { sends: this.#fields(site) }),
      ...(this.#chance.of(10) && { emits: this.#chance.pick(SIGNALS) }),
    };
  }

  /** Timers of any kind, a rule each, or spans with several. */
  timers(site: PlanSite, one: () => ModelRule): readonly ModelTimer[] {
    if (this.#chance.of(50)) {
      const days = [1, 4].slice(0, 1 + this.#chance.upTo(1));
      return days
        .map((day): ModelTimer => {
          const rules = this.#chance.list(2, one);
          return { timing: { kind: 'span', days: day }, pauseWhile: [], rules };
        })
        .filter(({ rules }) => rules.length > 0);
    }
    return this.#chance.list(
      2,
      () => {
        const timing = this.of(site).timing(this.#chance.pick(TIMINGS));
        const pauseWhile = timing.kind === 'at' ? [] : this.#pauses(site.plan);
        return { timing, pauseWhile, rules: [one()] };
      },
      1,
    );
  }

  /** Writes of one of the sets of fields that a state may read and write. */
  of(site: PlanSite): OfFields {
    return new OfFields(this.#fields(site));
  }

  #fields({ fields }: PlanSite): number {
    const [own = 0] = fields;
    return this.#chance.of(70) ? own : this.#chance.pick(fields);
  }

  #pauses(plan: Plan): ModelTimer['pauseWhile'] {
    const inside = plansIn(plan);
    if (inside.length === 0 || this.#chance.of(50)) return [];
    const { id } = this.#chance.pick(inside);
    return [{ text: id.slice(plan.id === '' ? 0 : plan.id.length + 1), id }];
  }

  #when(site: PlanSite, more: readonly Guard[]): { readonly when?: Guard } {
    if (!this.#chance.of(45)) return {};
    if (more.length > 0 && this.#chance.of(60)) return { when: this.#chance.pick(more) };
    if (!this.#chance.of(20)) return { when: this.of(site).guard(this.#chance.pick(GUARDS)) };
    return { when: this.#chance.pick(placeGuards(this.#chance.pick(site.ids))) };
  }

  /** All of the case, where the rule leads outside of every region; else what lies inside its own. */
  #undo(site: PlanSite, to: ModelTarget): ModelRule['undo'] | undefined {
    const { plan, regions } = site;
    const region = regions.findLast((id) => isWithin(plan.id, id) && isWithin(to.id, id));
    if (region !== undefined) return { text: 'here', id: plan.id };
    const scope = this.#chance.of(50) ? undefined : this.#place(site);
    if (scope !== undefined) return { text: scope.text, id: scope.plan.id };
    // Into a parallel that the rule stands in, only what its own region did is taken back.
    const isAgain = regions.some((id) => isWithin(plan.id, id) && outside(id) === to.id);
    const isAll = !isAgain && this.#chance.of(60);
    return isAll ? { text: 'all', id: '' } : { text: 'here', id: plan.id };
  }

  #target(site: PlanSite): ModelTarget | undefined {
    const place = this.#place(site);
    if (place === undefined || !mayLead(site, place.plan.id)) return undefined;
    const { text, plan } = place;
    const isAround = isWithin(site.plan.id, plan.id);
    if (isAround || plan.children.length === 0 || !this.#chance.of(25)) {
      return { text, id: plan.id };
    }
    const history = plan.kind === 'parallel' || this.#chance.of(50) ? 'deep' : 'shallow';
    const word = history === 'deep' ? 'deepHistory' : 'history';
    return { text: `${text}/${word}`, id: plan.id, history };
  }

  /** A state beside the rule's own, one inside of such a state, or one beside a state around it. */
  #place({ levels }: PlanSite): { readonly text: string; readonly plan: Plan } | undefined {
    const filled = levels.map((plans, level) => ({ plans, level })).filter((l) => l.plans.length);
    if (filled.length === 0) return undefined;
    const near = this.#chance.of(65) ? filled.slice(0, 1) : filled;
    const { plans, level } = this.#chance.pick(near);
    let chosen = this.#chance.pick(plans);
    let text = `${level === 0 ? '' : '^'}${chosen.name}`;
    while (chosen.children.length > 0 && this.#chance.of(20)) {
      const region = chosen.kind === 'parallel' ? this.#chance.pick(chosen.children) : undefined;
      chosen = this.#chance.pick((region ?? chosen).children);
      text = [text, ...(region ? [region.name] : []), chosen.name].join('/');
    }
    return { text, plan: chosen };
  }
}
