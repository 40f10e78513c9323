/**
 * Areas of cooperation: what an agreement, visit or meeting is about. The list names the known ones; another lower-case
 * code may be recorded, and a list of areas is never read as complete.
 */

/**
 * What defense cooperation agreements deal with, by the seven core areas that Kinne names: B. J. Kinne, "Defense
 * Cooperation Agreements and the Emergence of a Global Security Network", International Organization 72 (2018), and "The
 * Defense Cooperation Agreement Dataset (DCAD)", Journal of Conflict Resolution 64 (2020), 729-755. The slugs are ours;
 * the numbers of the dataset's columns `category1` to `category3` are in its codebook and are not given here.
 */
export type DcadArea =
  | 'defense_policy_coordination'
  | 'exercises_training_education'
  | 'peacekeeping'
  | 'research_development'
  | 'industrial_cooperation'
  | 'procurement'
  | 'classified_information';

export interface Area {
  readonly code: string;
  readonly labels: { readonly ar: string; readonly en: string; readonly fr: string };
  /** null where none of the seven says the same: a mapping is never stretched. */
  readonly dcad: DcadArea | null;
}

const area = (code: string, dcad: DcadArea | null, ar: string, en: string, fr: string): Area => ({
  code,
  labels: { ar, en, fr },
  dcad,
});

/** The known areas, in the order in which they are shown. */
export const KNOWN_AREAS: readonly Area[] = [
  area(
    'education_training',
    'exercises_training_education',
    'التعليم والتدريب',
    'Education and training',
    'Enseignement et formation',
  ),
  area(
    'joint_exercises',
    'exercises_training_education',
    'التمارين المشتركة',
    'Joint exercises',
    'Exercices conjoints',
  ),
  area('defence_industry', 'industrial_cooperation', 'الصناعة الدفاعية', 'Defence industry', 'Industrie de défense'),
  area('technology_transfer', null, 'نقل التكنولوجيا', 'Technology transfer', 'Transfert de technologie'),
  area('procurement', 'procurement', 'التسليح والمشتريات الدفاعية', 'Procurement', 'Acquisitions'),
  area('investment', null, 'الاستثمار', 'Investment', 'Investissement'),
  area('cybersecurity', null, 'الأمن السيبراني', 'Cybersecurity', 'Cybersécurité'),
  area('military_health', null, 'الصحة العسكرية', 'Military health', 'Santé militaire'),
  area('human_resources', null, 'الموارد البشرية', 'Human resources', 'Ressources humaines'),
  area(
    'intelligence_sharing',
    null,
    'تبادل المعلومات الاستخباراتية',
    'Intelligence sharing',
    'Échange de renseignement',
  ),
  area('logistics', null, 'الدعم اللوجستي', 'Logistics', 'Logistique'),
  area(
    'research_development',
    'research_development',
    'البحث والتطوير',
    'Research and development',
    'Recherche et développement',
  ),
  area('expert_exchange', null, 'تبادل الخبراء', 'Exchange of experts', "Échange d'experts"),
  area('counter_terrorism', null, 'مكافحة الإرهاب', 'Counter-terrorism', 'Lutte contre le terrorisme'),
  area('peacekeeping', 'peacekeeping', 'حفظ السلام', 'Peacekeeping', 'Maintien de la paix'),
  area(
    'policy_coordination',
    'defense_policy_coordination',
    'تنسيق السياسات الدفاعية',
    'Policy coordination',
    'Coordination des politiques de défense',
  ),
  area(
    'classified_information',
    'classified_information',
    'حماية المعلومات المصنفة',
    'Classified information',
    'Informations classifiées',
  ),
];

const byCode = new Map(KNOWN_AREAS.map((each) => [each.code, each]));

/** The known area of that code; undefined for another, which may be recorded all the same. */
export function knownArea(code: string): Area | undefined {
  return byCode.get(code);
}

/** Whether the text has the form of an area's code: lower case, words joined by `_`. */
export function isAreaCode(text: string): boolean {
  return /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(text) && text.length <= 64;
}
