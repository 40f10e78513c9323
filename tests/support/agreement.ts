import type { AgreementState } from '../../src/domain/agreement/state.js';
import type { Standing } from '../../src/domain/values/standing.js';
import { act, agreementData, ledgerWithSources } from './facts.js';
import { type Data, type Outcome, type PureLedger } from './ledger.js';

/** A command upon the agreement `agr` of MAR and PAK, the day it speaks of, and what else it says. */
export type Act = readonly [command: string, occurredOn: string | null, more?: Data];

export const recordAct = (ledger: PureLedger, [command, occurredOn, more]: Act): Outcome =>
  ledger.record(command, act({ agreementId: 'agr', occurredOn, ...more }));

/** A ledger with the agreement drafted on an unknown day, and then these acts, recorded in this order. */
export function agreementOf(...acts: readonly Act[]): PureLedger {
  const ledger = ledgerWithSources();
  ledger.given('DraftAgreement', agreementData());
  for (const each of acts) {
    const { rejection } = recordAct(ledger, each);
    if (rejection) throw new Error(`${each[0]} was refused: ${JSON.stringify(rejection)}`);
  }
  return ledger;
}

export const agreementOn = (ledger: PureLedger, asOf?: string, standing?: Standing, knownAt?: number): AgreementState =>
  ledger.history(asOf, standing, knownAt).records.get('agreement-agr')!.state as AgreementState;

/** The status on each of the days: `['2020-01-01 signed', …]`. */
export const statusOn = (ledger: PureLedger, ...days: readonly string[]): string[] =>
  days.map((day) => `${day} ${agreementOn(ledger, day).status ?? 'none'}`);
