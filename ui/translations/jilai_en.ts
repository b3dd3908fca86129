<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AboutScreen</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pack(s) of the centre could not be used and were set aside.</source>
        <translation>
            <numerusform>%n pack of the centre could not be used and was set aside.</numerusform>
            <numerusform>%n packs of the centre could not be used and were set aside.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArrivalPanel</name>
    <message numerus="yes">
        <source>All %n application(s) have arrived</source>
        <translation>
            <numerusform>The one application has arrived</numerusform>
            <numerusform>All %n applications have arrived</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The centre lacks %n application(s)</source>
        <translation>
            <numerusform>The centre lacks %n application</numerusform>
            <numerusform>The centre lacks %n applications</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChecksSection</name>
    <message numerus="yes">
        <source>Online checks · %n waiting</source>
        <translation>
            <numerusform>Online checks · %n waiting</numerusform>
            <numerusform>Online checks · %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClosingScreen</name>
    <message numerus="yes">
        <source>%n line(s) do not agree</source>
        <translation>
            <numerusform>%n line does not agree</numerusform>
            <numerusform>%n lines do not agree</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectionScreen</name>
    <message numerus="yes">
        <source>Photo, %n kept</source>
        <translation>
            <numerusform>Photo, %n kept</numerusform>
            <numerusform>Photos, %n kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopiesScreen</name>
    <message numerus="yes">
        <source>Everything opens: the database and %n page file(s).</source>
        <translation>
            <numerusform>Everything opens: the database and %n page file.</numerusform>
            <numerusform>Everything opens: the database and %n page files.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileCard</name>
    <message numerus="yes">
        <source>Task force: %n person(s)</source>
        <translation>
            <numerusform>Task force: %n person</numerusform>
            <numerusform>Task force: %n persons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileCards</name>
    <message numerus="yes">
        <source>%n file(s) attached</source>
        <translation>
            <numerusform>%n file attached</numerusform>
            <numerusform>%n files attached</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesSheet</name>
    <message numerus="yes">
        <source>%n photo(s) taken</source>
        <translation>
            <numerusform>%n photo taken</numerusform>
            <numerusform>%n photos taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandoverCard</name>
    <message numerus="yes">
        <source>%n draft(s) made</source>
        <translation>
            <numerusform>%n draft made</numerusform>
            <numerusform>%n drafts made</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), nothing taken in</source>
        <translation>
            <numerusform>%n error, nothing taken in</numerusform>
            <numerusform>%n errors, nothing taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n household(s), no error</source>
        <translation>
            <numerusform>%n household, no error</numerusform>
            <numerusform>%n households, no error</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n draft(s)</source>
        <translation>
            <numerusform>Make %n draft</numerusform>
            <numerusform>Make %n drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandoverScreen</name>
    <message numerus="yes">
        <source>Making %n draft(s)…</source>
        <translation>
            <numerusform>Making %n draft…</numerusform>
            <numerusform>Making %n drafts…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) that nobody has touched are withdrawn.</source>
        <translation>
            <numerusform>%n draft that nobody has touched is withdrawn.</numerusform>
            <numerusform>%n drafts that nobody has touched are withdrawn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taking %n draft(s) back…</source>
        <translation>
            <numerusform>Taking %n draft back…</numerusform>
            <numerusform>Taking %n drafts back…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HouseholdPicker</name>
    <message numerus="yes">
        <source>%n household(s)</source>
        <translation>
            <numerusform>%n household</numerusform>
            <numerusform>%n households</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IssueListsSheet</name>
    <message numerus="yes">
        <source>%n list(s) saved</source>
        <translation>
            <numerusform>%n list saved</numerusform>
            <numerusform>%n lists saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n list(s)</source>
        <translation>
            <numerusform>%n list</numerusform>
            <numerusform>%n lists</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemPanel</name>
    <message numerus="yes">
        <source>The centre says: the facts are here, %n page(s) not.</source>
        <translation>
            <numerusform>The centre says: the facts are here, %n page is not.</numerusform>
            <numerusform>The centre says: the facts are here, %n pages are not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LedgerImportSheet</name>
    <message numerus="yes">
        <source>Taking in %n obstacle(s)…</source>
        <translation>
            <numerusform>Taking in %n obstacle…</numerusform>
            <numerusform>Taking in %n obstacles…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n obstacle(s) taken in</source>
        <translation>
            <numerusform>%n obstacle taken in</numerusform>
            <numerusform>%n obstacles taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taking %n obstacle(s) back…</source>
        <translation>
            <numerusform>Taking %n obstacle back…</numerusform>
            <numerusform>Taking %n obstacles back…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), nothing taken in</source>
        <translation>
            <numerusform>%n error, nothing taken in</numerusform>
            <numerusform>%n errors, nothing taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n obstacle(s), no error</source>
        <translation>
            <numerusform>%n obstacle, no error</numerusform>
            <numerusform>%n obstacles, no error</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken in before: %n obstacle(s), {at}</source>
        <translation>
            <numerusform>Taken in before: %n obstacle, {at}</numerusform>
            <numerusform>Taken in before: %n obstacles, {at}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take in %n obstacle(s)</source>
        <translation>
            <numerusform>Take in %n obstacle</numerusform>
            <numerusform>Take in %n obstacles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkCard</name>
    <message numerus="yes">
        <source>Certificates of %n authority(ies) from a file</source>
        <translation>
            <numerusform>One authority&apos;s certificate from a file</numerusform>
            <numerusform>Certificates of %n authorities from a file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkPanel</name>
    <message numerus="yes">
        <source>The centre holds all %n item(s)</source>
        <translation>
            <numerusform>The centre holds the one item</numerusform>
            <numerusform>The centre holds all %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) not there yet</source>
        <translation>
            <numerusform>%n item not there yet</numerusform>
            <numerusform>%n items not there yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MaterialsPage</name>
    <message numerus="yes">
        <source>%n page(s) added. V chooses which of them are wanted</source>
        <translation>
            <numerusform>%n page added. V chooses which of them are wanted</numerusform>
            <numerusform>%n pages added. V chooses which of them are wanted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MaterialsRow</name>
    <message numerus="yes">
        <source>%n file(s) waiting</source>
        <translation>
            <numerusform>%n file waiting</numerusform>
            <numerusform>%n files waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies)</source>
        <translation>
            <numerusform>%n copy</numerusform>
            <numerusform>%n copies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MendingBar</name>
    <message numerus="yes">
        <source>%n paper(s) still to bring</source>
        <translation>
            <numerusform>%n paper still to bring</numerusform>
            <numerusform>%n papers still to bring</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewSheet</name>
    <message numerus="yes">
        <source>%n household(s)</source>
        <translation>
            <numerusform>%n household</numerusform>
            <numerusform>%n households</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NumberCard</name>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ObstacleCounts</name>
    <message numerus="yes">
        <source>in all · %n household(s)</source>
        <translation>
            <numerusform>in all · %n household</numerusform>
            <numerusform>in all · %n households</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ObstacleSide</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) written</source>
        <translation>
            <numerusform>%n line written</numerusform>
            <numerusform>%n lines written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PackagesBack</name>
    <message numerus="yes">
        <source>%n case event(s)</source>
        <translation>
            <numerusform>%n case event</numerusform>
            <numerusform>%n case events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) still lacking</source>
        <translation>
            <numerusform>%n part still lacking</numerusform>
            <numerusform>%n parts still lacking</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PackagesScreen</name>
    <message numerus="yes">
        <source>%n file(s) copied and read back.</source>
        <translation>
            <numerusform>%n file copied and read back.</numerusform>
            <numerusform>%n files copied and read back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written and read back. One file to a disc; label them:</source>
        <translation>
            <numerusform>%n file written and read back. Label the disc:</numerusform>
            <numerusform>%n files written and read back. One file to a disc; label them:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) are held by the centre now.</source>
        <translation>
            <numerusform>%n case is held by the centre now.</numerusform>
            <numerusform>%n cases are held by the centre now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) were refused; the queue says why.</source>
        <translation>
            <numerusform>%n case was refused; the queue says why.</numerusform>
            <numerusform>%n cases were refused; the queue says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) kept to carry on.</source>
        <translation>
            <numerusform>%n package kept to carry on.</numerusform>
            <numerusform>%n packages kept to carry on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) unsent</source>
        <translation>
            <numerusform>%n case unsent</numerusform>
            <numerusform>%n cases unsent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page file(s)</source>
        <translation>
            <numerusform>%n page file</numerusform>
            <numerusform>%n page files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) that the centre refused stay here until somebody looks at them.</source>
        <translation>
            <numerusform>%n case that the centre refused stays here until somebody looks at it.</numerusform>
            <numerusform>%n cases that the centre refused stay here until somebody looks at them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageChoice</name>
    <message numerus="yes">
        <source>Keep %n page(s)</source>
        <translation>
            <numerusform>Keep %n page</numerusform>
            <numerusform>Keep %n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageHand</name>
    <message numerus="yes">
        <source>%n page(s) removed</source>
        <translation>
            <numerusform>%n page removed</numerusform>
            <numerusform>%n pages removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PapersScreen</name>
    <message numerus="yes">
        <source>Printed %n time(s)</source>
        <translation>
            <numerusform>Printed %n time</numerusform>
            <numerusform>Printed %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PapersSection</name>
    <message numerus="yes">
        <source>Papers · %n page(s)</source>
        <translation>
            <numerusform>Papers · %n page</numerusform>
            <numerusform>Papers · %n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintDesk</name>
    <message numerus="yes">
        <source>Print %n receipt(s)</source>
        <translation>
            <numerusform>Print %n receipt</numerusform>
            <numerusform>Print %n receipts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cancelled</source>
        <translation>
            <numerusform>%n cancelled</numerusform>
            <numerusform>%n cancelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not printed · %n</source>
        <translation>
            <numerusform>Not printed · %n</numerusform>
            <numerusform>Not printed · %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacyRow</name>
    <message numerus="yes">
        <source>Privacy notice {version}: given to %n applicant(s)</source>
        <translation>
            <numerusform>Privacy notice {version}: given to %n applicant</numerusform>
            <numerusform>Privacy notice {version}: given to %n applicants</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadyCheckScreen</name>
    <message numerus="yes">
        <source>Last brought up to date %n day(s) ago</source>
        <translation>
            <numerusform>Last brought up to date %n day ago</numerusform>
            <numerusform>Last brought up to date %n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) to look at</source>
        <translation>
            <numerusform>%n point to look at</numerusform>
            <numerusform>%n points to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordsScreen</name>
    <message numerus="yes">
        <source>%n row(s) written and signed.</source>
        <translation>
            <numerusform>%n row written and signed.</numerusform>
            <numerusform>%n rows written and signed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReminderCard</name>
    <message numerus="yes">
        <source>%n thing(s) to do</source>
        <translation>
            <numerusform>%n thing to do</numerusform>
            <numerusform>%n things to do</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreScreen</name>
    <message numerus="yes">
        <source>%n page file(s)</source>
        <translation>
            <numerusform>%n page file</numerusform>
            <numerusform>%n page files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything is here: %n page file(s) were opened.</source>
        <translation>
            <numerusform>Everything is here: %n page file was opened.</numerusform>
            <numerusform>Everything is here: %n page files were opened.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page file(s) of the copy were bad and are missing.</source>
        <translation>
            <numerusform>%n page file of the copy was bad and is missing.</numerusform>
            <numerusform>%n page files of the copy were bad and are missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewFacts</name>
    <message numerus="yes">
        <source>%n of them on paper</source>
        <translation>
            <numerusform>%n of them on paper</numerusform>
            <numerusform>%n of them on paper</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%n point(s) still open</source>
        <translation>
            <numerusform>%n point still open</numerusform>
            <numerusform>%n points still open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowGuess</name>
    <message numerus="yes">
        <source>%n page(s) sorted into their rows</source>
        <translation>
            <numerusform>%n page sorted into its row</numerusform>
            <numerusform>%n pages sorted into their rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendingScreen</name>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <translation>
            <numerusform>%n needs you</numerusform>
            <numerusform>%n need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed, going again</source>
        <translation>
            <numerusform>%n failed, going again</numerusform>
            <numerusform>%n failed, going again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n under way</source>
        <translation>
            <numerusform>%n under way</numerusform>
            <numerusform>%n under way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held by the centre</source>
        <translation>
            <numerusform>%n held by the centre</numerusform>
            <numerusform>%n held by the centre</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepRail</name>
    <message numerus="yes">
        <source>%n point(s) open</source>
        <translation>
            <numerusform>%n point open</numerusform>
            <numerusform>%n points open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SupervisionScreen</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n differ</source>
        <translation>
            <numerusform>%n differs</numerusform>
            <numerusform>%n differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SurveyDoor</name>
    <message numerus="yes">
        <source>%n knock(s)</source>
        <translation>
            <numerusform>%n knock</numerusform>
            <numerusform>%n knocks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableBatch</name>
    <message numerus="yes">
        <source>Plan the survey of %n household(s)</source>
        <translation>
            <numerusform>Plan the survey of %n household</numerusform>
            <numerusform>Plan the survey of %n households</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n door(s) planned</source>
        <translation>
            <numerusform>%n door planned</numerusform>
            <numerusform>%n doors planned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n household(s) written</source>
        <translation>
            <numerusform>%n household written</numerusform>
            <numerusform>%n households written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Book %n household(s), one after the other</source>
        <translation>
            <numerusform>Book %n household, one after the other</numerusform>
            <numerusform>Book %n households, one after the other</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Notices for %n door(s)</source>
        <translation>
            <numerusform>Notices for %n door</numerusform>
            <numerusform>Notices for %n doors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n household(s) booked</source>
        <translation>
            <numerusform>%n household booked</numerusform>
            <numerusform>%n households booked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TracksSection</name>
    <message numerus="yes">
        <source>One window, %n track(s)</source>
        <translation>
            <numerusform>One window · %n track</numerusform>
            <numerusform>One window · %n tracks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitDoor</name>
    <message numerus="yes">
        <source>Witness photo, %n kept</source>
        <translation>
            <numerusform>Witness photo, %n kept</numerusform>
            <numerusform>Witness photos, %n kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitSide</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n only on this side</source>
        <translation>
            <numerusform>%n only on this side</numerusform>
            <numerusform>%n only on this side</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
</TS>
