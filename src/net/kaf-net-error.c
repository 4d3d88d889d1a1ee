/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-net-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (kaf_net_error_quark, kaf_net_error)

static const char *const sentences[] = {
  [KAF_NET_ERROR_ADDRESS] = N_ ("Write the address of the server with https:// in front."),
  [KAF_NET_ERROR_OFFLINE] =
      N_ ("The server cannot be reached. What you enter is kept here and sent later."),
  [KAF_NET_ERROR_CERTIFICATE] =
      N_ ("The identity of the server cannot be verified: the authority that vouches for it is not "
          "known here. Choose the certificate that your administrator gave you, or ask for it."),
  [KAF_NET_ERROR_EXPIRED] = N_ (
      "The certificate of the server has expired, or the clock of this computer is ahead. Check "
      "the date; if it is right, ask your administrator to renew the certificate."),
  [KAF_NET_ERROR_CLOCK] = N_ (
      "The certificate of the server is not valid yet: the clock of this computer is behind. Set "
      "the date and the time, then try again."),
  [KAF_NET_ERROR_OTHER_HOST] = N_ (
      "The certificate is that of another server. Check the address, or ask your administrator."),
  [KAF_NET_ERROR_CREDENTIALS] =
      N_ ("The account or the password is not right. Check both and try again."),
  [KAF_NET_ERROR_SIGNED_OUT] =
      N_ ("Your session has ended. Sign in again; what you entered meanwhile is kept."),
  [KAF_NET_ERROR_REVOKED] = N_ (
      "This device was withdrawn from the server: the persons that the server knows are removed from this "
      "computer, and what you have not sent is kept. Ask your administrator."),
  [KAF_NET_ERROR_NO_GRANT] =
      N_ ("Your account has no role yet. Ask your administrator to give it one."),
  [KAF_NET_ERROR_DISABLED] =
      N_ ("Your account was disabled. Ask your administrator. What you entered is kept."),
  [KAF_NET_ERROR_WAIT] = N_ ("Too many tries. Wait a quarter of an hour and try again."),
  [KAF_NET_ERROR_SERVER_OLD] = N_ (
      "The server is older than this program. What you enter is kept here until it is updated."),
  [KAF_NET_ERROR_SERVER_NEW] =
      N_ ("The server is newer than this program. Update Kafaat, then sync again."),
  [KAF_NET_ERROR_SERVER] =
      N_ ("The server is out of order at the moment. What you enter is kept here and sent later."),
  [KAF_NET_ERROR_PROTOCOL] =
      N_ ("The answer is not that of a Kafaat server, or was cut off. Check the address and try "
          "again."),
  [KAF_NET_ERROR_FORKED] =
      N_ ("This store is a copy of another that has gone on since. Enrol it as a new device."),
  [KAF_NET_ERROR_NOT_ENROLLED] = N_ ("This store belongs to no server yet: enrol it first."),
  [KAF_NET_ERROR_ERASE_NO_RIGHT] =
      N_ ("Your role on the server orders no erasures: the data-protection officer does."),
  [KAF_NET_ERROR_ERASE_OFFLINE] =
      N_ ("The server cannot be reached. It alone erases, and knows which devices have confirmed: "
          "nothing was ordered. Try again once it answers."),
  [KAF_NET_ERROR_ERASURES_HIDDEN] = N_ (
      "Your role on the server does not see what was erased: the data-protection officer does."),
  [KAF_NET_ERROR_ERASURES_OFFLINE] =
      N_ ("The server cannot be reached. It alone knows what was erased, and which devices have "
          "confirmed it. Try again once it answers."),
  [KAF_NET_ERROR_ERASE_UNKNOWN] =
      N_ ("The server knows no record of this number: it was erased already, or lies outside of "
          "your rights. Check the number with who gave it to you."),
  [KAF_NET_ERROR_ERASE_UNFINISHED] =
      N_ ("It is erased, and each device follows at its next exchange; but traces remain in the "
          "server’s own file. Tell your administrator, then give the same order again."),
  [KAF_NET_ERROR_ASIDE_NO_RIGHT] =
      N_ ("Your role on the server settles nothing that was kept aside: a manager or a regional "
          "officer does."),
  [KAF_NET_ERROR_ASIDE_OFFLINE] =
      N_ ("The server cannot be reached. It alone keeps what was set apart: look again once it "
          "answers."),
  [KAF_NET_ERROR_ASIDE_GONE] =
      N_ ("This change waits no longer: somebody has settled it, or its place is not yours any "
          "more."),
  [KAF_NET_ERROR_ASIDE_REFUSED] =
      N_ ("This change cannot be taken over by your account. Set it aside with a reason, or leave "
          "it to somebody who may write all of it."),
  [KAF_NET_ERROR_PAPERS_NO_RIGHT] =
      N_ ("Your role on the server sees no numbers of papers: a manager does."),
  [KAF_NET_ERROR_PAPERS_OFFLINE] = N_ (
      "The server cannot be reached. It alone keeps the numbers of papers: nothing was shown or "
      "changed. Try again once it answers."),
  [KAF_NET_ERROR_PAPERS_SERVER] = N_ (
      "The server is out of order at the moment: nothing was shown or changed. Try again later, and tell your "
      "administrator."),
  [KAF_NET_ERROR_PAPERS_OLD] = N_ ("The server is older than this program, and keeps no numbers of "
                                   "papers yet. Ask your administrator to update it."),
  [KAF_NET_ERROR_PAPERS_MISSING] =
      N_ ("The server holds no such number: it was removed or has expired, or the person lies "
          "outside of your rights or has not been synchronised yet."),
  [KAF_NET_ERROR_PAPERS_WAIT] =
      N_ ("You have seen as many numbers as one account may in an hour. Wait, and try again."),
  [KAF_NET_ERROR_PAPERS_UNAUTHORISED] =
      N_ ("No authorisation of the CNDP for numbers of papers is recorded. A manager or an "
          "administrator enters its reference and its date in the preferences, under “CNDP "
          "authorisation”, and synchronises."),
  [KAF_NET_ERROR_PAPERS_NUMBER] =
      N_ ("The server does not take this for a number of such a paper. Check it, and its kind."),
  [KAF_NET_ERROR_PAPERS_EXPIRED] =
      N_ ("This paper is not valid any more, and its number serves nobody: it is not kept."),
  [KAF_NET_ERROR_PAPERS_REFUSED] = N_ (
      "The server did not take it, for a reason that this program does not know. Update Kafaat, "
      "then try again."),
  [KAF_NET_ERROR_FILE_UNKNOWN] =
      N_ ("The server does not know this file, or your account may not have it."),
  [KAF_NET_ERROR_FILE_ABSENT] =
      N_ ("The device that added this file has not sent it to the server yet. Try again later."),
  [KAF_NET_ERROR_FILE_READ_ONLY] =
      N_ ("Your account may not add files. Ask your administrator which right it needs."),
  [KAF_NET_ERROR_FILE_TOO_LARGE] =
      N_ ("The file is larger than the server takes. Attach a smaller one in its place."),
  [KAF_NET_ERROR_FILE_QUOTA] = N_ ("Your account has sent as many files as it may. Ask your "
                                   "administrator for more room."),
  [KAF_NET_ERROR_FILE_SPOILED] =
      N_ ("The content of the file is not what was added: it was altered on the way, or on the "
          "disk. It is asked for again; attach it anew if that goes on."),
  [KAF_NET_ERROR_SAMPLE] =
      N_ ("This server takes no sample data, and there is some in this store. Remove it, then try "
          "again: your own records stay."),
  [KAF_NET_ERROR_KEYRING] = N_ (
      "Your keyring is locked, and your session is in it. Unlock it and synchronise, or sign in "
      "again."),
};

char *
kaf_net_explain (const GError *error)
{
  if (error->domain == KAF_NET_ERROR && error->code >= 0 &&
      error->code < (int) G_N_ELEMENTS (sentences))
    return g_strdup (_ (sentences[error->code]));
  return g_strdup (error->message);
}
