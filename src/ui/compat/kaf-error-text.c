/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Error codes to sentences. The technical text of an error is for the log and stays out of here,
 * save for a rule of the schema, whose text is itself a sentence for people. */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "exchange/kaf-explain.h"
#include "exchange/kaf-import-plan.h"
#include "net/kaf-net-error.h"
#include "rules/mission/kaf-mission-life.h"
#include "store/kaf-store-error.h"
#include "ui/compat/kaf-error-text.h"

typedef struct
{
  const char *heading;
  const char *text;
} Sentence;

static const Sentence store_sentences[] = {
  [KAF_STORE_ERROR_NOT_A_STORE] = { N_ ("This file is not a Kafaat store"),
                                    N_ ("It was made by another program. Choose the store’s own file; nothing in this one was changed.") },
  [KAF_STORE_ERROR_DAMAGED] = { N_ ("The store is damaged"),
                                N_ ("Part of the file cannot be read. Nothing was changed. Keep a copy of the file as it is, then open "
                                    "the latest backup.") },
  [KAF_STORE_ERROR_LOCKED] = { N_ ("The store is in use"),
                               N_ ("Another program is writing to it. Close that program, or wait for it to finish, then try again.") },
  [KAF_STORE_ERROR_READ_ONLY] = { N_ ("The store may only be read"),
                                  N_ ("The file or its folder does not allow writing. Ask for the right to write, or work on a copy.") },
  [KAF_STORE_ERROR_NEWER] = { N_ ("The store was written by a later version of Kafaat"),
                              N_ ("Install the latest version on this computer, then open the store again. Nothing was changed.") },
  [KAF_STORE_ERROR_MIGRATION] = { N_ ("The store could not be brought to this version"),
                                  N_ ("It was left as it was and a backup stands beside it. Keep using the earlier version, and report "
                                      "the problem.") },
  [KAF_STORE_ERROR_FULL] = { N_ ("The disk is full"),
                             N_ ("There is no room left to write. Free some room, then try again.") },
  [KAF_STORE_ERROR_IO] = { N_ ("The disk does not answer as it should"),
                           N_ ("Reading or writing failed. Check that the disk or the network folder is connected, then try again.") },
  [KAF_STORE_ERROR_NOT_FOUND] = { N_ ("This is no longer there"),
                                  N_ ("It may have been deleted or moved. Go back to the list and look for it again.") },
  [KAF_STORE_ERROR_EXISTS] = { N_ ("This is already there"),
                               N_ ("A record with the same number or the same content exists. Open that one instead.") },
  [KAF_STORE_ERROR_REFUSED] = { N_ ("A rule forbids this"),
                                N_ ("This kind of record is kept as it was written, or needs a reason or a right that is missing.") },
  [KAF_STORE_ERROR_AUTHORITY] = { N_ ("Only the server erases for ever"),
                                  N_ ("Ask the data-protection officer: an erasure there reaches every device, this one too.") },
  [KAF_STORE_ERROR_ELSEWHERE] = { N_ ("The content of this file is not here"),
                                  N_ ("It is on the server, or still on the device that added it. Synchronise, then open it again.") },
  [KAF_STORE_ERROR_OWN_FILE] = { N_ ("This file belongs to the store"),
                                 N_ ("The store keeps its own data in it. Choose another name or another folder; nothing was written.") },
  [KAF_STORE_ERROR_NOTHING] = { N_ ("There is nothing to undo or redo"),
                                N_ ("No change made on this computer is left to take back.") },
  [KAF_STORE_ERROR_TRACES] = { N_ ("It is erased, but traces of it remain in the file of the store"),
                               N_ ("Free some room on the disk and close other programs that read the store, then erase once more. "
                                   "Kafaat also tries again each time it opens the store.") },
  [KAF_STORE_ERROR_JOINED] = { N_ ("This store belongs to a server"),
                               N_ ("The sample data is for trying the program out, in a store of its own: its invented people would reach "
                                   "the server and your colleagues.") },
  /* The text of these is the error's own. */
  [KAF_STORE_ERROR_ERASED] = { N_ ("This record was erased"), "" },
  [KAF_STORE_ERROR_FORBIDDEN] = { N_ ("Your role does not allow this"), "" },
};

static const char *const validation_sentences[] = {
  [KAF_VALIDATION_ERROR_EMPTY] = N_ ("Type a value: this one is empty."),
  [KAF_VALIDATION_ERROR_SYNTAX] = N_ ("This is not written in the expected form."),
  [KAF_VALIDATION_ERROR_PHONE_COUNTRY] =
      N_ ("Start the phone number with the country’s code, as in +212 or +33."),
  [KAF_VALIDATION_ERROR_PHONE_LENGTH] = N_ ("The phone number is too short or too long."),
  [KAF_VALIDATION_ERROR_EMAIL] = N_ ("Write the e-mail address as name@example.org."),
  [KAF_VALIDATION_ERROR_URL] = N_ ("Write the address of the page as https://example.org."),
  [KAF_VALIDATION_ERROR_DATE] = N_ ("Write the date as day/month/year."),
  [KAF_VALIDATION_ERROR_NUMBER] = N_ ("Write a number, in digits."),
  [KAF_VALIDATION_ERROR_RANGE] = N_ ("The number is outside the range allowed."),
  [KAF_VALIDATION_ERROR_CHOICE] = N_ ("Choose one of the values offered."),
  [KAF_VALIDATION_ERROR_LEVEL] = N_ ("Choose a level from A1 to C2."),
  [KAF_VALIDATION_ERROR_REFERENCE] = N_ ("Choose a record that exists."),
  [KAF_VALIDATION_ERROR_REQUIRED] = N_ ("A required field is empty."),
  [KAF_VALIDATION_ERROR_RULE] = N_ ("The values do not agree with each other."),
  [KAF_VALIDATION_ERROR_TEXT] = N_ ("The text holds characters that cannot be kept."),
};

/* Where a file was to be written. */
static const Sentence no_folder = { N_ ("The folder does not exist"),
                                    N_ ("It may have been moved or renamed. Choose another one.") };
static const Sentence no_file = {
  N_ ("This is not a file"),
  N_ ("A folder or a device has this name. Choose the name of a file; nothing was written.")
};
static const Sentence not_empty = {
  N_ ("The folder is not empty"),
  N_ ("Name a folder that is empty, or one that is not there yet; nothing was written.")
};

static const Sentence *
find_store_sentence (const GError *error)
{
  if (error->domain == KAF_STORE_ERROR && error->code >= 0 &&
      error->code < (int) G_N_ELEMENTS (store_sentences))
    return &store_sentences[error->code];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return &store_sentences[KAF_STORE_ERROR_FULL];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return &store_sentences[KAF_STORE_ERROR_READ_ONLY];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return &store_sentences[KAF_STORE_ERROR_NOT_FOUND];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return &no_folder;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    return &no_file;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_EMPTY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return &not_empty;
  return NULL;
}

char *
kaf_error_heading (const GError *error)
{
  const Sentence *sentence;

  g_return_val_if_fail (error != NULL, NULL);

  sentence = find_store_sentence (error);
  if (sentence != NULL)
    return g_strdup (_ (sentence->heading));
  if (error->domain == KAF_VALIDATION_ERROR)
    return g_strdup (_ ("A value has to be corrected"));
  if (error->domain == KAF_RULE_ERROR)
    return g_strdup (_ ("The file of the mission does not allow this"));
  return g_strdup (_ ("This did not work"));
}

char *
kaf_error_text (const GError *error)
{
  const Sentence *sentence;

  g_return_val_if_fail (error != NULL, NULL);

  /* It names the role, or who ordered it, and was written for people. */
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN) ||
      g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_ERASED))
    return g_strdup (error->message);
  sentence = find_store_sentence (error);
  if (sentence != NULL)
    return g_strdup (_ (sentence->text));
  /* What the rules say is marked for translation where it stands. */
  if (error->domain == KAF_RULE_ERROR)
    return g_strdup (g_dgettext (GETTEXT_PACKAGE, error->message));
  if (error->domain == KAF_NET_ERROR)
    return kaf_net_explain (error);
  if (error->domain == KAF_TABLE_ERROR || error->domain == KAF_IMPORT_MAP_ERROR ||
      error->domain == KAF_IMPORT_PLAN_ERROR)
    return kaf_explain (NULL, NULL, error);
  if (error->domain == KAF_VALIDATION_ERROR && error->code >= 0 &&
      error->code < (int) G_N_ELEMENTS (validation_sentences))
    {
      /* What a validate() of the schema says is marked for translation where it stands. */
      const char *own = error->message != NULL && *error->message != '\0'
                            ? g_dgettext (GETTEXT_PACKAGE, error->message)
                            : NULL;

      if (own != NULL && (own != error->message || error->code == KAF_VALIDATION_ERROR_RULE))
        return g_strdup (own);
      return g_strdup (_ (validation_sentences[error->code]));
    }
  return g_strdup (_ ("Try again. If it happens again, report it with the time it happened."));
}
