package content

// Codes of what networks can do besides posting words. Each tells a person what to do next.
const (
	// Connecting by the owner's consent, and ending it.
	CodeConsentIssuer Code = "consent_issuer" // the answer came from another server than was asked
	CodeConsentCode   Code = "consent_code"   // the network does not take the answer: used, too old, or not ours
	CodeClientRefused Code = "client_refused" // X does not know the client id or its secret
	CodeRevokeByHand  Code = "revoke_by_hand" // only the owner can end these credentials, in the network

	// What became of pictures, replies, edits.
	CodePostMedia      Code = "post_media"      // the network refused a picture
	CodePostMediaWait  Code = "post_media_wait" // a picture could not be brought over; surely nothing is out
	CodePostReply      Code = "post_reply"      // the network does not take this as a reply
	CodePostGone       Code = "post_gone"       // there is no such post any more
	CodePostAltered    Code = "post_altered"    // the words shown are not those that were sent
	CodePostPictures   Code = "post_pictures"   // pictures or their descriptions are missing
	CodePostUnverified Code = "post_unverified" // the network took an edit but still shows other words
	CodePostWordsOnly  Code = "post_words_only" // this way of posting can send words and nothing else

	// Warnings of a composer.
	CodeWarnUnlinked Code = "warn_unlinked"
	CodeWarnHashtags Code = "warn_hashtags"
	CodeWarnPictures Code = "warn_pictures"
)
