import { expect, test } from '@jest/globals';
import { FACT_TYPES } from '../../src/domain/registry.js';

/** Within an aggregate: where the days leave it open, this is the order of a life. */
const LIVES: Readonly<Record<string, string>> = {
  source: 'SourceRegistered SourceWithdrawn',
  party: 'PartyRegistered PartyAliasAdded',
  agreement: `AgreementProposed AgreementDrafted AreasClassified NegotiationHeld SignatureAnnounced Initialled Signed
    SignatureConfirmed DomesticApprovalGiven ConsentExpressed ProvisionalApplicationStarted ProvisionalApplicationEnded
    EnteredIntoForce TermsRecorded Amended Renewed Suspended Resumed DenunciationNotified DenunciationWithdrawn
    Terminated Expired Superseded Abandoned TextPublished Registered BindingnessAsserted AgreementLinked`,
  visit: 'VisitPlanned VisitPostponed VisitCancelled VisitHeld VisitOutcomeLinked',
  meeting: 'MeetingHeld',
  mechanism: `MechanismCreated MechanismSessionHeld WorkPlanAdopted ProgrammeRecorded MandateChanged
    MechanismDissolved`,
  exercise: 'ExerciseAnnounced ExerciseCancelled ExerciseHeld',
  relationship: `RelationsEstablished RelationsSevered RelationsRestored RepresentationChanged CoverageDeclared`,
};

test('every type of fact, in the order of its lifecycle rank', () => {
  const types = [...FACT_TYPES.values()].sort((a, b) => a.rank - b.rank);
  const listed = Object.entries(LIVES).flatMap(([category, life]) => life.split(/\s+/).map((t) => `${category} ${t}`));
  expect(types.map(({ type, aggregate }) => `${aggregate.category} ${type}`)).toEqual(listed);
});
