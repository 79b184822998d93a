/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why an operation was refused, or could not be read. The message is a sentence for people. */
typedef enum
{
  BATON_ERROR_INVALID,   /* the values do not make sense */
  BATON_ERROR_NOT_FOUND, /* what it speaks of is not there, or was removed */
  BATON_ERROR_STALE,     /* somebody changed it meanwhile */
  BATON_ERROR_LIMIT,     /* a text is too long, a set too large */
  BATON_ERROR_WIP,       /* the stage's hard work-in-progress limit */
  BATON_ERROR_NOT_DONE,  /* the definition of done is not met */
  BATON_ERROR_OVERLAP,   /* two people changed the same words of a text */
  BATON_ERROR_CYCLE,     /* cards would wait for each other */
  BATON_ERROR_CODEC,     /* bytes that are no operation */
  BATON_ERROR_READ_ONLY, /* this workspace cannot be written now */
  BATON_ERROR_LOCKED,    /* another process has it open */
  BATON_ERROR_NEWER,     /* written by a newer Baton */
  BATON_ERROR_CORRUPT,   /* the database is damaged */
  BATON_ERROR_FULL,      /* no space left */
  BATON_ERROR_IO,        /* any other failure of files */
  BATON_ERROR_EXISTS,    /* already there */
  BATON_ERROR_CANCELLED,
  BATON_ERROR_UNKNOWN,   /* a verb or field of a newer Baton */
  BATON_ERROR_FORBIDDEN, /* the person may not do this */
  BATON_ERROR_VOID,      /* a number that stands for nothing */
  BATON_ERROR_COPIED,    /* the same device and number stand for another operation */
} BatonErrorCode;

/* The name by which a refusal travels ("stale"), and back; unknown names are INVALID. */
const char *baton_error_name (BatonErrorCode code);
BatonErrorCode baton_error_by_name (const char *name);

#define BATON_ERROR (baton_error_quark ())
GQuark baton_error_quark (void);

G_END_DECLS
