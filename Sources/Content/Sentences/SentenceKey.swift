/// The name of each sentence in the catalogue, as it stands in the files.
public enum SentenceKey: String, Sendable, CaseIterable {
    // What the bot says
    case greeting, nothingWaits, fallback, clarifyQuestion, clarifyFailed, slotFailed, choicePersonLabel
    case choicePersonSay, choiceCancelLabel

    // Manner
    case upsetReply, calmReply, saidBefore, anythingElse

    // Why the bot said it
    case whyWords, whyRule, whyIntent, whyFollowing, whySection, whyAsked, whyOffered, whyNothing, whyCancelled
    case whyHandoffAsked, whyHandoffAnger, whyHandoffRepeated, whyHandoffUnsure, whyHandoffPolicy, quoted

    // Handing over
    case handoffAsked, handoffRepeated, handoffAnger, handoffPolicy, handoffVerification, handoffError, handoffWaiting
    case handoffWaitingNoEstimate, messageTaken, messageTakenNoOpening, nowAttended, cancelled, agentJoined
    case agentVanished, transferred, returnedToBot

    // Cases
    case caseRegistered, caseAlreadyRegistered, caseReceipt, caseReceiptDay, caseIsOpen, caseIsLate, caseIsAnswered
    case caseIsClosed, caseKeyMistyped, caseKeyUnknown, caseKeysLimited, caseAnswerTo, caseOutOfCourt

    // Calls and follow-ups that are promised
    case askMoment, callbackArranged, callbackSoon, callbackMoved, callbackBySupervisor, callbackBySupervisorMoved
    case callbackCancelled, callbackDue, followUpDue, followUpPromised, callbackOffer, callbackChoiceLabel
    case callbackChoiceSay

    // The end of a conversation
    case resolved

    // Forms
    case languageName, formatMoney, formatDecimal, formatThousands, formatDate, monthNames, dayNames, dayShortNames
    case listAnd, hoursSpan, hoursDays, hoursOneDay, openingToday, openingTomorrow, openingWeekday, openingDate

    // Spans of days
    case spanBetween, spanFrom, spanUntil

    // What slots are read by
    case slotOrderCues, slotPostcodeCues, slotEuros, slotUnits, slotCorrections, slotNameCues, slotYes, slotNo,
        slotHesitations, slotNoFollowers, slotDoubts
    case slotNumbers, slotNameParticles
    case dateDays, dateAgo, dateAhead, dateLast, dateThis, dateNext, dateDayOfMonth, dateDaysOfMonth, dateUnits
    case dateFeasts, dateBefore, dateUntil, dateAfter, dateSince, dateStillToCome, dateInMonth

    case momentAt, momentClock, momentParts, momentOpening, momentNow, momentAhead
    // What is picked by, taken back or not known
    case choiceOrdinals, choiceLast, choiceOthers, choiceNumbers, choiceFillers
    case slotUnable, slotUnableAbout, slotAbandons, slotPutRight, slotArticles, bareYes, bareNo, helpOrder, helpProof,
        askWhichOrder

    // Two things at once
    case wishJoints

    // What is hidden before it is stored
    case secretWords, secretLinks

    // Words of the editors' files
    case keywordPhrases, keywordRules, keywordQuestion, keywordAnswer, keywordChoices, keywordIf, keywordAnd
    case keywordWithout
    case keywordExamples, keywordAgents, keywordTeams, keywordHolidays, keywordOpen, keywordClosed, keywordTeam
    case keywordLanguage, keywordCapacity, keywordAgent, keywordSupervisor, keywordProduct, keywordShop, keywordHours
    case keywordYes, keywordNo, keywordNone, keywordChannel, keywordVerified, keywordCustomer, keywordCase, keywordDue
    case productFields, shopFields, slotKinds, orderFields, orderStates

    // Steps of a flow
    case keywordFlow, keywordText, keywordAsk, keywordVerify, keywordSay, keywordReply, keywordForget, keywordPass
    case keywordDo, keywordHelp, orderWishes, caseKinds, keywordCallBack, keywordLead
    case keywordPerson, keywordGo, keywordStart, keywordEnd, keywordElse, keywordFillers

    // What a flow says
    case askOrder, askProof, askEmail, askPhone, askPostcode, askDate, askAmount, askQuantity, askName
    case fileNotTaken, fileNotDelivered
    case proofRefused, proofLimited, lookingUp, stillLookingUp, flowResume
    case wishCancel, wishChange, wishReturn, wishRefused, noteWishAccepted, noteWishRefused, noteWishFailed

    // Diagnostics
    case fileUnreadable, fileTooLarge, notUTF8, frontMatterUnclosed, frontMatterMalformed, frontMatterRepeated
    case frontMatterUnknownKey, valueEmpty, valueUnknown, valueOutOfRange, teamUnknown, intentUnknown, intentBadName
    case intentRepeated, phaseUnknown, languageUnknown, languageMissing, titleMissing, phrasesMissing, phraseEmpty
    case phraseBrace, phraseRepeated, phraseInTwoIntents, listExpected, sectionUnknown, textOutsideLanguage
    case answerMissing, answerDefaultMissing, answerAfterDefault, answerEmpty, choiceEmpty, questionWithoutSlot
    case questionRepeated, questionUntranslated, conditionEmpty, conditionMalformed, variableUnknown, slotUnknown
    case slotNotDeclared, slotBadName, slotRepeated, slotValueMalformed, slotValueRepeated, slotValueUntranslated
    case slotsTextOutside, braceUnclosed, fenceUnclosed, linkFileMissing, linkSectionMissing, linkScheme
    case translationMissing, translationFileMissing, sectionWithoutText, csvHeaderMissing, csvColumnMissing
    case csvColumnUnknown, csvColumnCount, csvStrayQuote, csvUnclosedQuote, skuMalformed, skuRepeated, skuUnknown
    case priceMalformed, stockMalformed, dateMalformed, orderNumberMalformed, orderRepeated, orderItemsMalformed
    case settingsMissing, timeZoneUnknown, orderPatternMalformed, hoursBadDay, hoursBadTime, teamMalformed,
        teamRepeated, agentMalformed
    case agentRepeated, ruleEmpty, ruleTooLong, ruleBracketUnclosed, ruleBracketUnopened, ruleAlternativeEmpty
    case ruleBarOutside, ruleStartMisplaced, ruleEndMisplaced, ruleGapUseless, ruleExclusionMalformed
    case ruleExclusionInside, ruleNeedsNothing, ruleNeverMatches, ruleCovered, ruleTakesPhrase, ruleHoldsPhrase
    case synonymOutside, synonymAlone, synonymRepeated, synonymInTwoGroups, synonymTooLong, synonymIsProduct
    case synonymIsKept
    case flowActionUnknown
    case flowEmpty, flowStepUnknown, flowNested, flowBranchEmpty, flowElseAlone, flowBlockRepeated, flowBlockUnknown
    case flowQuestionMissing, flowTextMissing, flowUnreachable, flowSpins, flowWithoutEnd, textWithoutName
    case textRepeated, orderUnverified, leadWithoutConsent, callBackWithoutPhone
    case slotNotInRules, ordersMalformed, ordersInTheClear, ordersSecret, caseNotOpened

    // What the deep check finds
    case phraseNear, phraseStranger, phraseUnfound, phraseLost, phrasesFew, phrasesClimbing
    case hintPhraseNear, hintPhraseStranger, hintPhraseUnfound, hintPhrasesFew, hintPhrasesClimbing

    // Hints
    case hintNearest, hintKnown, hintNotUTF8, hintFrontMatterUnclosed, hintFrontMatterMalformed, hintIntentBadName
    case hintLanguageMissing, hintTitleMissing, hintPhrasesMissing, hintPhraseBrace, hintPhraseInTwoIntents
    case hintListExpected, hintTextOutsideLanguage, hintAnswerMissing, hintAnswerDefaultMissing, hintAnswerAfterDefault
    case hintAnswerEmpty, hintChoiceEmpty, hintQuestionWithoutSlot, hintCondition, hintSlotNotDeclared, hintSlotBadName
    case hintSlotValueMalformed, hintSlotsTextOutside, hintBraceUnclosed, hintFenceUnclosed, hintLinkScheme
    case hintTranslationMissing, hintCSVHeader, hintCSVColumnCount, hintCSVQuote, hintSKU, hintPrice, hintDate
    case hintOrderNumber, hintOrderPattern, hintOrderItems, hintSettingsMissing, hintHours, hintTeam, hintAgent,
        hintRule
    case hintRuleTooLong, hintRuleGap, hintRuleExclusion, hintRuleNeedsNothing, hintRuleNeverMatches, hintRuleCovered
    case hintRuleTakesPhrase, hintRuleHoldsPhrase, hintSynonymOutside, hintSynonymAlone, hintSynonymInTwoGroups
    case hintSynonymTooLong, hintSynonymIsName, hintSlotNotInRules, hintCaseNotOpened
    case hintFlowStep, hintFlowIf, hintFlowQuestion, hintFlowLoop, hintTextWithoutName, hintOrderUnverified
    case hintLeadWithoutConsent, hintCallBackWithoutPhone
    case hintOrders, hintOrdersInTheClear, hintOrdersSecret

    // The help of the commands
    case helpOverview, helpMore, helpRepeats, helpDefault, helpHelp, helpVersion

    // Command lines that cannot be followed
    case usageNoCommand, usageUnknownCommand, usageUnknownOption, usageMissingValue, usageUnwantedValue, usageBadValue
    case usageMissingOperand, usageExtraOperand, usageLanguage, usageAddress, usageName, usageRole, usageList
    case usageCapacity, usageConversation, usageNumber

    // Options and summaries of the commands
    case optionLanguage
    case serveSummary, serveContent, serveData, serveListen, serveAgents, serveWeb, serveTokens, serveInsecure
    case serveSalvage, serveOrdersToken, serveVouchSecret
    case tokenSummary, tokenRole, tokenTeams, tokenLanguages, tokenCapacity, tokenNote, tokenNoRandom

    // The connection of a terminal
    case linkNobody, linkLost, linkBack, linkTooLong, linkGaveUp

    // A customer in the terminal
    case chatSummary, chatTo, chatWelcome, chatHelp, chatUnknownCommand, chatWrongDoor, chatNotSent
    case chatLostConversation, chatAgent, chatYou, chatSource, chatQueue, chatQueueWait, chatMessageTaken
    case chatWithAgent, chatAgentJoined, chatAgentLeft, chatTyping, chatResolved, chatOverflow, chatRated
    case chatRateUsage, chatHistoryUsage, chatLanguage, chatLanguageUsage, chatCase, chatCaseUsage, chatExported
    case chatExportFailed, chatForgetConfirm, chatForgotten, chatForgottenBut

    // An agent in the terminal
    case deskSummary, deskTo, deskName, deskWrongDoor, deskWelcome, deskReady, deskAway, deskTokenPrompt, deskBadToken
    case deskTokenNeeded, deskNoted, deskNote, deskTransferred, deskReturned, deskResolved, deskGone, deskTaken
    case deskCustomerLeft, deskWatching, deskUnwatched, deskAnswered, deskStale, deskNotSent, deskNoDraft
    case deskNoSuggestions, deskNothingFound, deskNoCases, deskNoneOpen, deskWhich, deskTransferUsage, deskAnswerUsage
    case deskMine, deskQueue, deskEmpty, deskWaited, deskDue, deskLate, deskReason, deskTeam, deskLanguage, deskLast
    case deskClaimed, deskClaimedBy, deskContentInvalid, deskOverdue, deskOffer, deskHelp
    case deskCase, deskCaseOpened, deskCaseDue, deskCaseOverdue
    case deskCallback, deskCallbackDue, deskCallbackUsage, deskCallbackPromised, deskNoCallbacks, deskLead, deskNoLeads

    // What is typed in the terminal
    case commandHuman, commandCancel, commandRate, commandHistory, commandLanguage, commandExport, commandCase
    case commandForget, commandQueue, commandClaim, commandTake, commandReady, commandAway, commandTell, commandAgain
    case commandNote, commandTransfer, commandReturn, commandResolve, commandWatch, commandUnwatch, commandOpen
    case commandCallbacks, commandCallback, commandLeads
    case commandSuggest, commandCases, commandAnswer, commandStatus, commandHelp, commandQuit
    case ratingAnswer

    // What the daemon refuses
    case refusedRateLimited, refusedStorageUnavailable, refusedTooMany, refusedNoConversation, refusedBadCaseKey
    case refusedNoSuchCase, refusedAlreadyClaimed, refusedNotYours, refusedNotHeld, refusedWithBot, refusedInQueue
    case refusedNotWaiting, refusedWithPerson, refusedNoTarget, refusedNoTeam, refusedCaseAnswered, refusedLanguage,
        refusedNothingToRate, refusedNotResolved
    case refusedUnknownCommand, refusedQueueEmpty, refusedAtCapacity, refusedNoSuchConversation, refusedNotAllowed
    case refusedOther

    // What the system refuses
    case faultMissing, faultForbidden, faultExists, faultNotAFile, faultNotAFolder, faultFull

    // Words for codes of the protocol
    case reasonLowConfidence, reasonAsked, reasonComplaint, reasonPolicy, reasonFailedVerification, reasonRepeated
    case reasonError, reasonCallback
    case roleAgent, roleSupervisor
    case speakerCustomer, speakerBot, speakerAgent, speakerSystem
    case contextReason, contextTried, contextIntent, contextSlots, contextName, contextContact, contextChannel
    case contextUnfinished, contextSlot, contextRefusals, contextRefused, contextCase, contextText, contextRatings
    case contextCallback, contextAt, contextPhone, contextBy, contextSupervisor, contextLeads, contextEmail
    case contextProduct, contextLanguage, contextTeam, contextVerified, contextPriority, contextRequested, contextOpened
    case statusOrders, statusSource, statusState
    case statusWaiting, statusWithAgents, statusAgents, statusTeams, statusContent, statusJournal, statusConversations
    case statusInMemory, statusConnections, statusName, statusRole, statusReady, statusLanguages, statusCapacity
    case statusHolds, statusTeam, statusVersion, statusIntents, statusSections, statusProblems, statusSeq, statusSynced
    case statusProblem, statusVerified, statusCases, statusOpen, statusOverdue
    case statusCallbacks, statusComing, statusLeads
    case caseComplaint, caseBilling, caseIncident, caseRequest, caseOpen, caseAnswered, caseClosed
    case outcomeAccepted, outcomeRefused, outcomePartly
    case surveyCsat, surveyNps, surveyCes, surveyAnswer

    // Commands that run without a daemon
    case toolJSON, toolNoIntents, toolMalformed, toolUnreadable, toolCannotCreate, toolCannotWrite, toolLabelledForm
    case checkSummary, checkDeep, checkSound, checkBroken, checkDeepFound
    case explainSummary, explainLanguage, explainRead, explainUnknown, explainIntents, explainNoIntents, explainShares
    case explainMargin, explainConfidence, explainSections, explainNoSections, explainSlot, explainAngry
    case explainByIntent, explainByRule, explainByAnger, explainBySection, explainByDoubt, explainByQuestion
    case explainRules, explainRuleDecides, explainRuleOutranked, explainRuleExcluded, explainRuleUnmatched
    case explainHeldBack, explainHeldBackMark
    case evaluateIntents, evaluateContent, evaluateSearch, evaluateTrain, evaluateTest, evaluatePredictions
    case evaluateDocuments, evaluateQueries, evaluateRun, evaluateTypos, evaluateSeed, evaluateHtml, evaluateCurve
    case journalVerify, journalExport, journalAll, journalVerified, journalLost, journalIncomplete, journalNone

    // Conversations that editors write down
    case keywordTests, keywordToday, keywordKnown, keywordTestCustomer, keywordAsksForPerson, keywordCancels
    case keywordLooksAtCase, keywordRates, keywordChooses, keywordBeginsAnew, keywordBot, keywordSays, keywordLacks
    case keywordChoice, keywordNoChoice, keywordSource, keywordReason, keywordState, keywordTestFillers, testReplies
    case testActs, testStates, testOutside, testKeyUnknown, testMisplaced, testBotFirst, testEmpty
    case testExpectsNothing, testReplyUnknown, testActUnknown, testAgentUnknown, testRatingMalformed, testNeverSo
    case hintTestOutside, hintTestEmpty, hintTestMisplaced, hintTestDate, hintTestRating, testSummary, testVerbose
    case testFailed, testCame, testNoReply, testRefused, testKnownPasses, testCounts, expectedAnswered
    case expectedNotAnswered

    // Words for what a confidence is made of
    case evidenceBase, evidenceScore, evidenceCoverage, evidenceKnownLetters, evidenceLength
    case evidenceForeignWords

    /// The words for a code of the protocol: `reason` and `low_confidence` name `reasonLowConfidence`; nil where there
    /// are none.
    public init?(_ group: String, code: String) {
        let words = code.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        guard let key = Self.named[group + words.joined()] else { return nil }
        self = key
    }

    /// All by their names: a raw value's own initializer compares with one case after the other.
    static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}
