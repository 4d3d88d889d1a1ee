/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong between a device and its hub. Each is a case that a person must be told apart. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAF_NET_ERROR (kaf_net_error_quark ())
GQuark kaf_net_error_quark (void);

typedef enum
{
  KAF_NET_ERROR_ADDRESS,      /* no https address */
  KAF_NET_ERROR_OFFLINE,      /* no network, or nobody answers there */
  KAF_NET_ERROR_CERTIFICATE,  /* nobody who is trusted vouches for the server */
  KAF_NET_ERROR_CREDENTIALS,  /* user or password is wrong */
  KAF_NET_ERROR_SIGNED_OUT,   /* the session has ended: sign in again */
  KAF_NET_ERROR_REVOKED,      /* the device was shut out */
  KAF_NET_ERROR_NO_GRANT,     /* the account may do nothing yet */
  KAF_NET_ERROR_DISABLED,     /* the account may do nothing any more */
  KAF_NET_ERROR_WAIT,         /* too many tries: later again */
  KAF_NET_ERROR_SERVER_OLD,   /* the server does not know what this program writes */
  KAF_NET_ERROR_SERVER_NEW,   /* the server no longer speaks with this program */
  KAF_NET_ERROR_SERVER,       /* the server is out of order: later again */
  KAF_NET_ERROR_PROTOCOL,     /* what answered is no Kafaat server, or the answer was cut */
  KAF_NET_ERROR_FORKED,       /* this store is a copy of one that has gone on */
  KAF_NET_ERROR_NOT_ENROLLED, /* the store belongs to no hub */
  KAF_NET_ERROR_SAMPLE,       /* the server takes no sample data, and the store holds some */
  KAF_NET_ERROR_EXPIRED,      /* the certificate has, or the clock here is ahead */
  KAF_NET_ERROR_CLOCK,        /* the certificate is not valid yet: the clock here is behind */
  KAF_NET_ERROR_OTHER_HOST,   /* the certificate is that of another server */
  KAF_NET_ERROR_KEYRING,      /* the tokens are in a keyring that is locked */
  KAF_NET_ERROR_NOT_THERE,    /* what was asked for: never told to a person */
  /* Of an erasure: */
  KAF_NET_ERROR_ERASE_NO_RIGHT,   /* the role orders none */
  KAF_NET_ERROR_ERASE_OFFLINE,    /* nobody answers: nothing was ordered */
  KAF_NET_ERROR_ERASURES_HIDDEN,  /* the role is told of none */
  KAF_NET_ERROR_ERASURES_OFFLINE, /* nobody answers: what was erased is not known */
  KAF_NET_ERROR_ERASE_UNKNOWN,    /* the hub knows no such record, or not within the rights */
  KAF_NET_ERROR_ERASE_UNFINISHED, /* it is erased, and traces remain at the hub */
  /* Of what the hub keeps aside: */
  KAF_NET_ERROR_ASIDE_NO_RIGHT, /* the role settles none of it */
  KAF_NET_ERROR_ASIDE_OFFLINE,  /* nobody answers */
  KAF_NET_ERROR_ASIDE_GONE,     /* it does not wait any more, or not where the user answers */
  KAF_NET_ERROR_ASIDE_REFUSED, /* it cannot be taken by this user; the message is KAF_REFUSED_… */
  /* Of numbers of papers: */
  KAF_NET_ERROR_PAPERS_NO_RIGHT, /* the role reveals none */
  KAF_NET_ERROR_PAPERS_OFFLINE,  /* nobody answers: nothing was changed here, and nothing kept */
  KAF_NET_ERROR_PAPERS_SERVER,   /* the server answers, and can do nothing */
  KAF_NET_ERROR_PAPERS_OLD,      /* the server keeps none yet */
  KAF_NET_ERROR_PAPERS_MISSING, /* the hub knows no such person or number, or not within the rights */
  KAF_NET_ERROR_PAPERS_WAIT,    /* as many were revealed as may be in an hour */
  KAF_NET_ERROR_PAPERS_UNAUTHORISED, /* no authorisation of the CNDP is recorded */
  KAF_NET_ERROR_PAPERS_NUMBER,       /* it is no number of such a paper */
  KAF_NET_ERROR_PAPERS_EXPIRED,      /* the paper is not valid any more */
  KAF_NET_ERROR_PAPERS_REFUSED, /* for a reason that is not known here; the message is the hub's word */
  /* Of one file: */
  KAF_NET_ERROR_FILE_UNKNOWN,   /* the hub knows no record that names it, or does not give it */
  KAF_NET_ERROR_FILE_ABSENT,    /* it has not come to the hub yet */
  KAF_NET_ERROR_FILE_READ_ONLY, /* the role may not add files */
  KAF_NET_ERROR_FILE_TOO_LARGE, /* for the hub */
  KAF_NET_ERROR_FILE_QUOTA,     /* the user has sent as much as she may */
  KAF_NET_ERROR_FILE_SPOILED,   /* what came, or what lies here, is not what was added */
} KafNetError;

/* A sentence in the language of the interface that says what to do. (transfer full) */
char *kaf_net_explain (const GError *error);

G_END_DECLS
