/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-column-words.h"

static const KafColumnWord words[] = {
  { KAF_COLUMN_WORD_FULL_NAME,
    "nom complet|nom et prénom|nom & prénom|nom prénom|noms et prénoms|prénom et nom|prénom nom|full name|name|"
    "fullname|contact name|display name|nom de l'expert|expert|bénéficiaire|participant" },
  { KAF_COLUMN_WORD_FULL_NAME_AR,
    "الاسم الكامل|الاسم والنسب|الإسم الكامل|الإسم والنسب|الاسم العائلي والشخصي|الاسم الشخصي والعائلي|اسم الخبير|"
    "nom complet en arabe|nom et prénom en arabe|nom et prénom arabe|full name in arabic" },
  { "family_name",
    "nom|nom de famille|noms|patronyme|surname|last name|lastname|family name|nom (fr)|nom latin|name family" },
  { "given_name",
    "prénom|prénoms|given name|first name|firstname|forename|prénom (fr)|prénom latin" },
  { "family_name_ar",
    "النسب|الاسم العائلي|الإسم العائلي|اسم العائلة|اللقب|nom en arabe|nom arabe|nom (ar)|nom ar" },
  { "given_name_ar",
    "الاسم الشخصي|الإسم الشخصي|الاسم|الإسم|الاسم الأول|prénom en arabe|prénom arabe|prénom (ar)|prénom ar" },
  { "aliases",
    "autre nom|autres noms|nom de jeune fille|alias|surnom|nickname|other names|أسماء أخرى|اسم آخر" },
  { "emails",
    "e-mail|email|mail|courriel|adresse e-mail|adresse électronique|adresse mail|messagerie|e-mail address|"
    "email address|البريد الإلكتروني|البريد الالكتروني|البريد|العنوان الإلكتروني|الإيميل" },
  { "phones",
    "téléphone|tél|tel|tél.|gsm|mobile|portable|n° de téléphone|numéro de téléphone|phone|phone number|cell|whatsapp|"
    "fixe|الهاتف|رقم الهاتف|الهاتف المحمول|المحمول|الهاتف النقال|الجوال" },
  { "country",
    "pays|pays de résidence|pays d'accueil|résidence|country|country of residence|البلد|بلد الإقامة|الدولة|بلد الاستقبال" },
  { "city", "ville|ville de résidence|localité|city|town|المدينة|مدينة الإقامة" },
  { "links",
    "site|site web|site internet|page web|linkedin|lien|liens|url|web|website|web page|الموقع|الموقع الإلكتروني|رابط" },
  { "languages", "langue|langues|langues parlées|languages|language|اللغة|اللغات" },
  { "preferred_language",
    "langue de correspondance|langue préférée|preferred language|لغة المراسلة" },
  { "nationalities", "nationalité|nationalités|nationality|الجنسية|الجنسيات" },
  { "territory",
    "région|province|région d'origine|ville d'origine|origine|region|الجهة|الإقليم|العمالة|جهة الأصل|الأصل" },
  { "gender", "sexe|genre|civilité|gender|sex|الجنس|النوع" },
  { "birth_year",
    "année de naissance|né en|year of birth|birth year|سنة الازدياد|سنة الميلاد|date de naissance|né le|née le|"
    "né(e) le|date of birth|birth date|تاريخ الازدياد|تاريخ الميلاد|تاريخ الولادة" },
  { "status", "statut|état|status|الحالة|الوضعية" },
  { "confirmed_on",
    "confirmé le|date de confirmation|mise à jour|date de mise à jour|confirmed on|تاريخ التأكيد|تاريخ التحيين" },
  { "notes",
    "observations|observation|remarques|remarque|commentaire|commentaires|notes|note|comments|ملاحظات|ملاحظة" },
  { "headline_fr",
    "titre|fonction|poste|intitulé|qualité|title|job title|position|الصفة|المنصب|الوظيفة" },
  { "headline_ar", "title ar|titre en arabe|fonction en arabe|الصفة بالعربية" },
  { "employer",
    "employeur|organisme|organisme employeur|entreprise|société|établissement|institution|université|employer|company|"
    "organisation|organization|المشغل|المؤسسة|الهيئة|الشركة|الجامعة" },
  { "domains",
    "domaine|domaines|domaine d'expertise|domaines d'expertise|spécialité|expertise|field|domain|"
    "مجال الخبرة|التخصص|المجال|مجالات الخبرة" },
  { "occupations", "profession|métier|occupation|المهنة|الحرفة" },
  { "degree", "diplôme|niveau d'études|dernier diplôme|degree|الشهادة|الدبلوم|المستوى الدراسي" },
  { "years", "années d'expérience|expérience|ancienneté|years of experience|سنوات الخبرة|الخبرة" },
  { "name_fr",
    "nom|dénomination|raison sociale|nom de l'organisme|intitulé|organisme|association|name|organisation" },
  { "name_ar", "الاسم|التسمية|اسم المؤسسة|اسم الجمعية|الجمعية|dénomination en arabe|nom en arabe" },
  { "acronym", "sigle|acronyme|acronym|abréviation|الرمز المختصر" },
  { "address", "adresse|adresse postale|address|العنوان" },
  { "registration", "ice|rc|n° d'enregistrement|registre de commerce|registration|رقم التسجيل" },
  { "external_id",
    "id|identifiant|n°|numéro|matricule|référence|code|الرقم|رقم|رقم الملف|رقم الترتيب" },
  { NULL },
};

const KafColumnWord *
kaf_column_words (void)
{
  return words;
}
