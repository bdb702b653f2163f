package content

// Codes around channels and deliveries. Each tells a person what to do next.
const (
	// Refusals of what somebody asked for.
	CodeDeliveryState       Code = "delivery_state"
	CodeDeliveryUnresolved  Code = "delivery_unresolved" // perhaps out: it must be resolved, not retried
	CodeResolveAs           Code = "resolve_as"
	CodePostLink            Code = "post_link"
	CodePostHost            Code = "post_host"  // the link leads to another host than the channel's posts
	CodePostHTTPS           Code = "post_https" // where no host is known, a link must be one over https
	CodeChannelDisconnected Code = "channel_disconnected"
	CodeSettingsForm        Code = "settings_form"
	CodeSettingUnknown      Code = "setting_unknown"
	CodeSettingChoice       Code = "setting_choice"
	CodeSettingLine         Code = "setting_line"
	CodeServerForm          Code = "server_form"
	CodeServerPrivate       Code = "server_private"
	CodeServerUnreachable   Code = "server_unreachable"
	CodeServerKind          Code = "server_kind"
	CodeTokenRefused        Code = "token_refused"
	CodeTokenScope          Code = "token_scope"
	CodeKeysRefused         Code = "keys_refused"
	CodeSecretForm          Code = "secret_form"
	CodeNetworkSaid         Code = "network_said"

	CodePaceBurst Code = "pace_burst"
	CodePaceEvery Code = "pace_every"

	// What became of asking the owner of an account.
	CodeConsentNone    Code = "consent_none" // the network connects by typed settings only
	CodeConsentUnknown Code = "consent_unknown"
	CodeConsentExpired Code = "consent_expired"
	CodeConsentDenied  Code = "consent_denied"
	CodeConsentFailed  Code = "consent_failed"
	CodeConsentOther   Code = "consent_other_account"
	CodeRedirectForm   Code = "redirect_form"

	// Why a channel is paused, or how it stands after it was disconnected.
	CodeChannelNotRevoked   Code = "channel_not_revoked"
	CodeChannelUnchecked    Code = "channel_unchecked"
	CodeChannelPausedByHand Code = "channel_paused_by_hand"
	CodeChannelToken        Code = "channel_paused_token"
	CodeChannelRights       Code = "channel_paused_rights"
	CodeChannelCredit       Code = "channel_paused_credit"
	CodeChannelCap          Code = "channel_paused_cap"
	CodeChannelAddress      Code = "channel_paused_address"
	CodeChannelMoved        Code = "channel_paused_moved"
	CodeChannelSettings     Code = "channel_paused_settings"
	CodeChannelNoV1         Code = "channel_paused_no_v1"
	CodeChannelGoneAway     Code = "channel_paused_gone"
	CodeChannelKey          Code = "channel_paused_key"
	CodeChannelRenewal      Code = "channel_paused_renewal"      // the network renews the sign-in no more
	CodeChannelRenewalLost  Code = "channel_paused_renewal_lost" // what a renewal brought was lost

	// What became of a delivery.
	CodePostUnreachable Code = "post_unreachable"
	CodePostBusy        Code = "post_busy"
	CodePostRate        Code = "post_rate"
	CodePostRefused     Code = "post_refused"
	CodePostTooLong     Code = "post_too_long"
	CodePostDuplicate   Code = "post_duplicate"
	CodePostNoAnswer    Code = "post_no_answer"
	CodePostNoID        Code = "post_no_id"
	CodePostServerError Code = "post_server_error"
	CodePostInterrupted Code = "post_interrupted"
	CodePostInternal    Code = "post_internal"
	CodePostGaveUp      Code = "post_gave_up"
	CodePostNotFound    Code = "post_not_found"
	CodePostLookFailed  Code = "post_look_failed"
	CodePostOverdue     Code = "post_overdue"
	CodePostResend      Code = "post_resend"
	CodePostFoundTwice  Code = "post_found_twice"
	CodePostVisibility  Code = "post_visibility"
	CodePostChannelGone Code = "post_channel_gone"
	CodeDeliveryDropped Code = "delivery_dropped"
	CodeDeliveryByWord  Code = "delivery_by_word"
	CodePostBeforeGone  Code = "post_before_gone" // what it would answer was taken down
	CodePostOvertaken   Code = "post_overtaken"   // a person decided while the call ran
	CodePostPage        Code = "post_page"        // the page that it links to is not there yet
	CodePostPageAsk     Code = "post_page_ask"    // the page stays out of reach
	CodePostRestored    Code = "post_restored"    // the database went back in time
	CodePostLookAgain   Code = "post_look_again"  // a person ordered a look
	CodePostMediaGone   Code = "post_media_gone"  // a picture of it cannot be read
	CodeCorrectRefused  Code = "correct_refused"  // the network did not take the correction
	CodeWithdrawRefused Code = "withdraw_refused" // the network did not take the post down
	CodeAmendLater      Code = "amend_later"      // no clear answer to it; it is tried again
	CodeAmendGaveUp     Code = "amend_gave_up"    // the network could not be reached for it
	CodeAmendCalledOff  Code = "amend_called_off" // a person changed their mind

	// Refusals of what somebody asked for after a post was out.
	CodeCorrectHow     Code = "correct_how"     // neither "edit" nor "post"
	CodeCorrectSame    Code = "correct_same"    // the words are those that stand there
	CodeCannotEdit     Code = "cannot_edit"     // this network cannot change a post
	CodeCannotWithdraw Code = "cannot_withdraw" // this network cannot take a post down
	CodeAmendRunning   Code = "amend_running"   // a call runs right now
	CodeAgainNot       Code = "again_not"       // it is out, or may be
	CodeAgainDoubt     Code = "again_doubt"     // one like it was dropped in doubt and may be out: to be confirmed
	CodeDismissNot     Code = "dismiss_not"     // there is nothing to take note of
	CodeAgainDone      Code = "again_done"      // somebody posted it once more already
	CodeAgainAfter     Code = "again_after"     // what it would answer is not out and will not be
	CodeBulkAs         Code = "bulk_as"         // neither "look", "send" nor "drop"

	// Warnings of a composer.
	CodeWarnMention     Code = "warn_mention"
	CodeWarnBareDomain  Code = "warn_bare_domain"
	CodeWarnMedia       Code = "warn_media"
	CodeWarnCashtags    Code = "warn_cashtags"
	CodeWarnWarningText Code = "warn_warning_text"
)
